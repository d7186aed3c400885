package dev.berth.api.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AssetsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Vertx vertx;
    private static int port;

    @BeforeAll
    static void aServer() throws Exception {
        vertx = Vertx.vertx();
        var router = Router.router(vertx);
        router.route("/assets/*").handler(new Assets("console-sample"));
        router.route().handler(ask -> ask.response().setStatusCode(404).end("none"));
        port = vertx.createHttpServer(new HttpServerOptions().setCompressionSupported(true))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterAll
    static void closed() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aScriptIsCompressedOnceAndKeptForEver() throws Exception {
        var plain = get("GET", "/assets/main-Ab3.js", "identity");
        for (int time = 0; time < 2; time++) {
            var packed = get("GET", "/assets/main-Ab3.js", "gzip, deflate, br");
            assertThat(packed.statusCode()).isEqualTo(200);
            assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(packed.headers().firstValue("Cache-Control")).contains("public, immutable, max-age=31536000");
            assertThat(packed.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
            assertThat(packed.headers().firstValue("Vary"))
                    .hasValueSatisfying(vary -> assertThat(vary).containsIgnoringCase("accept-encoding"));
            assertThat(packed.body().length).isLessThan(plain.body().length / 4);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .isEqualTo(plain.body());
        }
    }

    @Test
    void whoRefusesGzipGetsTheFileAsItIs() throws Exception {
        for (String refusal : new String[] {"identity", "gzip;q=0", "gzip; q=0.0"}) {
            var plain = get("GET", "/assets/main-Ab3.js", refusal);
            assertThat(plain.headers().firstValue("Content-Encoding"))
                    .as(refusal)
                    .isEmpty();
            assertThat(new String(plain.body())).startsWith("// A script of the console");
        }
    }

    @Test
    void aFontIsPackedAlready() throws Exception {
        var font = get("GET", "/assets/inter-Cd4.woff2", "identity");
        assertThat(font.headers().firstValue("Content-Type")).contains("font/woff2");
        assertThat(font.body()).hasSize(2004);
    }

    @Test
    void headTellsTheLengthAlone() throws Exception {
        var head = get("HEAD", "/assets/main-Ab3.js", "gzip");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    }

    @Test
    void nothingElseIsServed() throws Exception {
        for (String path : new String[] {
            "/assets/none.js",
            "/assets/",
            "/assets/..",
            "/assets/%2e%2e/logback-test.xml",
            "/assets/../../logback-test.xml",
            "/assets/.hidden",
            "/assets/a/b.js",
            "/assets/" + "a".repeat(300)
        }) {
            assertThat(get("GET", path, "gzip").statusCode()).as(path).isEqualTo(404);
        }
    }

    private static HttpResponse<byte[]> get(String method, String path, String encoding) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept-Encoding", encoding)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
