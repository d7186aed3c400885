package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent: a clear no, nothing written, no stack trace, and the server goes on. */
final class BadInputIT {
    private ApiProcess api;
    private ApiProcess.Tenant tenant;
    private Client admin;
    private Map<String, String> before;

    @BeforeEach
    void aTenant() throws Exception {
        api = ApiProcess.get();
        tenant = api.tenant("bad");
        admin = api.as(tenant.admin());
        admin.post("/clusters", Given.cluster("c"));
        admin.post("/projects", Given.project("p", 1));
        before = Proof.rows(api, tenant.id());
    }

    private void nothingStored() throws Exception {
        assertThat(Proof.rows(api, tenant.id())).isEqualTo(before);
    }

    @Test
    void bodiesThatAreNoWorkload() throws Exception {
        List<String> bodies = new ArrayList<>(List.of(
                "",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{\"metadata\":",
                "{}{}",
                "{\"metadata\":{\"name\":\"a\"},\"metadata\":{\"name\":\"b\"}}",
                "{\"metadata\":7,\"spec\":[]}",
                "{\"metadata\":{\"name\":null},\"spec\":null}",
                "{\"metadata\":{\"name\":\"w\"},\"spec\":{\"project\":\"p\",\"cluster\":\"c\",\"tenantId\":\"x\"}}",
                "{\"metadata\":{\"name\":\"w\",\"tenant_id\":\"x\"},\"spec\":{\"project\":\"p\",\"cluster\":\"c\"}}",
                "{\"metadata\":{\"name\":\"a\\u0000b\"},\"spec\":{\"project\":\"p\\u0000\",\"cluster\":\"c\"}}",
                "{\"metadata\":{\"name\":\"\\ud800\"},\"spec\":{\"project\":\"\\udfff\",\"cluster\":\"c\"}}",
                "{\"metadata\":{\"name\":\"'; DROP TABLE workloads; --\"},\"spec\":{\"project\":\"p\",\"cluster\":\"c\"}}",
                "{\"metadata\":{\"name\":\"" + "a".repeat(64) + "\"},\"spec\":{\"project\":\"p\",\"cluster\":\"c\"}}",
                "[".repeat(100_000),
                "{\"metadata\":{\"name\":\"w\"},\"spec\":{\"workers\":" + "9".repeat(1_000) + "}}",
                "{\"metadata\":{\"name\":\"" + "x".repeat(100_000) + "\"}}"));
        for (String value : List.of(
                "-1",
                "0.5",
                "1e400",
                "NaN",
                "2147483648",
                "9007199254740993",
                "99999999999999999999",
                "\"3\"",
                "true",
                "{}",
                "[1]")) {
            bodies.add("{\"metadata\":{\"name\":\"w\"},\"spec\":{\"project\":\"p\",\"cluster\":\"c\",\"workers\":"
                    + value + "}}");
            bodies.add(
                    "{\"metadata\":{\"name\":\"w\"},\"spec\":{\"project\":\"p\",\"cluster\":\"c\",\"resources\":{\"gpu\":{\"devices\":"
                            + value + "}}}}");
        }
        for (String body : bodies) {
            refused(admin.post("/workloads", body), body);
        }
        nothingStored();
    }

    @Test
    void annotationsThatOnlyTheSchedulerWrites() throws Exception {
        String body = Given.workload("w", "p", "c")
                .replace("\"image\"", "\"annotations\":{\"berth.dev/assigned-gpus\":\"0\"},\"image\"");
        assertThat(admin.post("/workloads", body).body().at("/errors/0/code").asText())
                .isEqualTo("reserved");
    }

    @Test
    void statusAndIdsOfAUserAreIgnored() throws Exception {
        String body = Given.workload("w", "p", "c")
                .replace(
                        "{\"metadata\":{",
                        "{\"status\":{\"phase\":\"Succeeded\"},\"metadata\":{\"id\":\"mine\",\"version\":99,");
        var made = admin.post("/workloads", body).body();
        assertThat(made.at("/status/phase").asText()).isEqualTo("Queued");
        assertThat(made.at("/metadata/id").asText()).isNotEqualTo("mine");
    }

    @Test
    void bodiesThatAreTooLarge() throws Exception {
        for (String path : List.of("/workloads", "/projects", "/clusters", "/tokens", "/auth/sign-in")) {
            var answer = admin.post(path, "{\"x\":\"" + "y".repeat(1 << 20) + "\"}");
            refused(answer, path);
            assertThat(answer.status()).as(path).isEqualTo(413);
        }
        assertThat(admin.post("/workloads:batch", " ".repeat((4 << 20) + 1)).status())
                .isEqualTo(413);
        String many = "{\"items\":[" + "{},".repeat(500) + "{}]}";
        refused(admin.post("/workloads:batch", many), "501 items");
        refused(admin.post("/workloads:batch", "{\"items\":[]}"), "no items");
        nothingStored();
    }

    @Test
    void aBodyWithoutALengthIsCutOffAtTheBound() throws Exception {
        var endless = BodyPublishers.ofInputStream(() -> new InputStream() {
            private long left = 256L << 20;

            @Override
            public int read() {
                return left-- > 0 ? ' ' : -1;
            }

            @Override
            public int read(byte[] into, int from, int most) {
                if (left <= 0) {
                    return -1;
                }
                java.util.Arrays.fill(into, from, from + most, (byte) ' ');
                left -= most;
                return most;
            }
        });
        var request = HttpRequest.newBuilder(admin.request("GET", "/workloads", null, Map.of()), (name, value) -> true)
                .header("Content-Type", "application/json")
                .POST(endless)
                .build();
        int status;
        try {
            status = admin.http().send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException closedWhileSending) {
            // The server answered and closed before all was sent; the client may not get to see the answer.
            status = 413;
        }
        assertThat(status).isEqualTo(413);
        assertThat(admin.get("/auth/me").status()).isEqualTo(200);
        nothingStored();
    }

    @Test
    void bytesThatAreNotUtf8() throws Exception {
        byte[] sound = Given.workload("name", "p", "c").getBytes(StandardCharsets.UTF_8);
        List<byte[]> bodies = new ArrayList<>(List.of(
                Given.workload("w", "p", "c").getBytes(StandardCharsets.UTF_16),
                Given.workload("w", "p", "c").getBytes(StandardCharsets.UTF_16LE),
                Given.workload("w", "p", "c").getBytes(java.nio.charset.Charset.forName("UTF-32BE"))));
        // Lone continuation, overlong slash, overlong NUL, a surrogate, beyond Unicode, cut short.
        for (int[] bad : new int[][] {
            {0x80}, {0xC0, 0xAF}, {0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0xE2, 0x82}
        }) {
            byte[] body = sound.clone();
            for (int i = 0; i < bad.length; i++) {
                body[body.length - 10 - bad.length + i] = (byte) bad[i];
            }
            bodies.add(body);
            String json = new String(sound, StandardCharsets.UTF_8).replace("\"ubuntu\"", "\"####\"");
            byte[] inText = json.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bad.length; i++) {
                inText[json.indexOf("####") + i] = (byte) bad[i];
            }
            bodies.add(inText);
        }
        for (byte[] body : bodies) {
            refused(
                    admin.sendBytes("/workloads", body),
                    java.util.HexFormat.of().formatHex(body, 0, 40));
        }
        nothingStored();
    }

    @Test
    void wordsThatAreNoFilter() throws Exception {
        for (String query : List.of(
                "status=Runnning",
                "status=Queued,running",
                "status=%27%20OR%201=1",
                "sort=gpu",
                "sort=-",
                "total=1",
                "watch=yes",
                "limit=1e3",
                "projects=p",
                "status=Queued&status=Failed")) {
            refused(admin.get("/workloads?" + query), query);
        }
        refused(admin.get("/workloads/summary?status=Done"), "status=Done");
        assertThat(admin.get("/workloads?status=Done").body().path("detail").asText())
                .contains("Queued", "Failed", "status");
        assertThat(admin.get("/workloads?status=Queued,Failed").status()).isEqualTo(200);
    }

    @Test
    void cursorsOfOtherListsAndOfNobody() throws Exception {
        admin.post("/projects", Given.project("q", 1));
        String foreign = admin.get("/projects?limit=1").body().path("next").asText();
        var base64 = java.util.Base64.getUrlEncoder().withoutPadding();
        for (String list : List.of("/workloads", "/nodes", "/clusters", "/departments", "/node-pools", "/tokens")) {
            for (String cursor : List.of(
                    foreign,
                    "x",
                    "%00",
                    "AAAA",
                    base64.encodeToString("[\"-createdAt\",\"x\",\"y\"]".getBytes(StandardCharsets.UTF_8)),
                    base64.encodeToString("[\"tokens\",7]".getBytes(StandardCharsets.UTF_8)),
                    base64.encodeToString("[\"tokens\",\"' OR 1=1\"]".getBytes(StandardCharsets.UTF_8)),
                    base64.encodeToString("[".repeat(700).getBytes(StandardCharsets.UTF_8)))) {
                refused(admin.get(list + "?cursor=" + cursor), list + " " + cursor);
            }
        }
    }

    @Test
    void editsOfAnotherVersion() throws Exception {
        String body = Given.project("p", 9);
        assertThat(admin.put("/projects/p", body, null).status()).isEqualTo(428);
        refused(admin.put("/projects/p", body, null), "no If-Match");
        for (String tag : List.of(
                "\"v0\"",
                "v0",
                "\"\"",
                "W/\"v1\"",
                "\"99999999999999999999\"",
                "'; DROP TABLE projects",
                "x".repeat(5_000))) {
            var answer = admin.put("/projects/p", body, tag);
            refused(answer, "If-Match " + tag);
            assertThat(answer.status()).as(tag).isEqualTo(412);
            assertThat(admin.delete("/projects/p", tag).status()).as(tag).isEqualTo(412);
        }
        nothingStored();
    }

    @Test
    void aKeyThatWasUsedForAnotherRequest() throws Exception {
        Map<String, String> key = Map.of("Idempotency-Key", "once");
        assertThat(admin.send("POST", "/workloads", Given.workload("w", "p", "c"), key)
                        .status())
                .isEqualTo(201);
        before = Proof.rows(api, tenant.id());

        var otherBody = admin.send("POST", "/workloads", Given.workload("x", "p", "c"), key);
        var otherPath = admin.send("POST", "/clusters", Given.cluster("x"), key);
        for (var answer : List.of(otherBody, otherPath)) {
            refused(answer, "the same key");
            assertThat(answer.body().at("/errors/0/code").asText()).isEqualTo("idempotency-key-reused");
        }
        assertThat(api.as(tenant.researcher())
                        .send("POST", "/workloads", Given.workload("w", "p", "c"), key)
                        .status())
                .as("a key is its user's own")
                .isEqualTo(409);
        before.remove("idempotency_keys");
        assertThat(Proof.rows(api, tenant.id())).containsAllEntriesOf(before);
    }

    @Test
    void otherContentThanJson() throws Exception {
        for (String type : List.of("text/xml", "application/json; charset=utf-16", "multipart/form-data; boundary=x")) {
            refused(
                    admin.send("POST", "/workloads", Given.workload("w", "p", "c"), Map.of("Content-Type", type)),
                    type);
        }
        refused(
                admin.send("POST", "/workloads", Given.workload("w", "p", "c"), Map.of("Content-Type", "text/plain")),
                "plain");
    }

    @Test
    void pathsQueriesAndHeaders() throws Exception {
        for (String path : List.of(
                "/nothing",
                "/workloads/" + "x".repeat(900),
                "/workloads/%2e%2e%2f%2e%2e%2fetc",
                "/workloads/%00",
                "/workloads/%zz",
                "/workloads/..;/x",
                "/workloads?limit=0",
                "/workloads?limit=501",
                "/workloads?limit=x",
                "/workloads?limit=1&limit=2",
                "/workloads?cursor=AAAA",
                "/workloads?cursor=WyItY3JlYXRlZEF0IiwieCIsInkiXQ",
                "/workloads?sort=tenant_id",
                "/workloads?filter=1",
                "/workloads?total=perhaps",
                "/workloads?watch=true&resourceVersion=-1",
                "/workloads?watch=true&resourceVersion=999999999",
                "/watch?topics=secrets",
                "/watch",
                "/nodes?cursor=x",
                "/workloads?q=%00")) {
            try {
                refused(admin.get(path), path);
            } catch (IllegalArgumentException noUri) {
                assertThat(raw("GET /api/v1" + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + tenant.admin()
                                + "\r\n\r\n"))
                        .contains(" 4");
            }
        }
        assertThat(admin.send("PATCH", "/projects/p", "{}", Map.of()).status()).isEqualTo(405);
        assertThat(admin.send("PATCH", "/projects/p", "{}", Map.of()).header("Allow"))
                .isEqualTo("DELETE, GET, PUT");
        assertThat(admin.get("/workloads?q=" + "a".repeat(7_000)).status()).isEqualTo(400);
        refused(
                admin.send("POST", "/clusters", Given.cluster("x"), Map.of("Idempotency-Key", "k".repeat(129))),
                "long key");
        assertThat(raw("GET /api/v1/projects HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n"))
                .contains(" 431 ");
        assertThat(raw("GET /api/v1/" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 414 ");
        assertThat(
                        raw(
                                "POST /api/v1/clusters HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .contains(" 4");
    }

    @Test
    void tokensThatAreNone() throws Exception {
        for (String token : List.of(
                "x",
                "berth_pat_",
                "berth_pat_" + "a".repeat(43),
                "berth_ses_" + "a".repeat(5_000),
                "eyJhbGciOiJub25lIn0.e30.")) {
            var answer = api.as(token).get("/projects");
            assertThat(answer.status())
                    .as(token.substring(0, Math.min(20, token.length())))
                    .isEqualTo(401);
            assertThat(answer.raw().body()).doesNotContain("aaaaaaaa");
        }
        try (Connection database = api.admin();
                var expire = database.prepareStatement(
                        "UPDATE tokens SET expires_at = now() - interval '1 s' WHERE tenant_id = ?")) {
            ApiProcess.Tenant late = api.tenant("late");
            expire.setObject(1, late.id());
            expire.executeUpdate();
            assertThat(api.as(late.admin()).get("/projects").status()).isEqualTo(401);
        }
        String revoked =
                admin.post("/tokens", "{\"name\":\"t\"}").body().path("token").asText();
        assertThat(api.as(revoked).get("/projects").status()).isEqualTo(200);
        String id = "";
        for (var token : admin.get("/tokens?limit=500").body().path("items")) {
            id = token.path("name").asText().equals("t") ? token.path("id").asText() : id;
        }
        admin.delete("/tokens/" + id, null);
        for (String path : List.of("/projects", "/workloads", "/auth/me", "/watch?topics=workloads")) {
            refused(api.as(revoked).get(path), "a revoked token");
            assertThat(api.as(revoked).get(path).status()).isEqualTo(401);
        }
        refused(api.as(null).post("/auth/one-time", "{\"token\":\"\\u0000\"}"), "nul token");
        refused(
                api.as(null).post("/auth/sign-in", "{\"email\":\"a@b\",\"password\":\"" + "p".repeat(257) + "\"}"),
                "long password");
    }

    @Test
    void tooManyTriesAtAPassword() throws Exception {
        String body = "{\"email\":\"victim@" + tenant.name() + "\",\"password\":\"guess\"}";
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(api.as(null).post("/auth/sign-in", body).status());
        }
        assertThat(statuses).contains(429);
    }

    @Test
    void theConsoleIsKeptFromStrangers() throws Exception {
        var page = admin.get("/");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(raw("GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .doesNotContain("root:");
        assertThat(
                        raw(
                                "GET /assets/%2e%2e/%2e%2e/%2e%2e/logback-test.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .doesNotContain("<configuration>");
        assertThat(raw("GET /dev/berth/api/server/ApiRole.class HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .doesNotContain("ApiRole;");
        assertThat(admin.get("/api/openapi.json").body().path("openapi").asText())
                .isEqualTo("3.1.0");
    }

    private void refused(Client.Answer answer, String sent) throws Exception {
        Proof.refused(answer, sent);
        assertThat(admin.get("/auth/me").status()).as("alive after " + sent).isEqualTo(200);
    }

    private String raw(String request) throws Exception {
        try (var socket = new Socket("127.0.0.1", api.listening.httpPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] answer = in.readNBytes(12);
            byte[] more = new byte[4_096];
            int count = in.available() > 0 ? in.read(more) : 0;
            return new String(answer, StandardCharsets.US_ASCII) + " "
                    + new String(more, 0, Math.max(0, count), StandardCharsets.US_ASCII);
        }
    }
}
