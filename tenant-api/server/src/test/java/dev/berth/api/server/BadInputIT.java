package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
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

    @BeforeEach
    void aTenant() throws Exception {
        api = ApiProcess.get();
        tenant = api.tenant("bad");
        admin = api.as(tenant.admin());
        admin.post("/clusters", Given.cluster("c"));
        admin.post("/projects", Given.project("p", 1));
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
        assertThat(admin.get("/workloads?total=true").body().path("total").asInt())
                .isZero();
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
        assertThat(admin.post("/workloads", "{\"x\":\"" + "y".repeat(1 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(admin.post("/workloads:batch", " ".repeat((4 << 20) + 1)).status())
                .isEqualTo(413);
        String many = "{\"items\":[" + "{},".repeat(500) + "{}]}";
        refused(admin.post("/workloads:batch", many), "501 items");
        refused(admin.post("/workloads:batch", "{\"items\":[]}"), "no items");
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
        String what = sent.substring(0, Math.min(120, sent.length()));
        assertThat(answer.status()).as(what).isBetween(400, 499);
        assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
        assertThat(answer.body().path("requestId").asText()).as(what).isNotEmpty();
        assertThat(answer.raw().body()).as(what).doesNotContain("Exception", "\tat ", "io.vertx", "SELECT", "INSERT");
        assertThat(admin.get("/auth/me").status()).as("alive after " + what).isEqualTo(200);
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
