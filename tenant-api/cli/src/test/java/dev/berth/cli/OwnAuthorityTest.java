package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate nobody but its owner vouches for. */
final class OwnAuthorityTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path home;

    private HttpsServer server;
    private Path certificate;

    @BeforeEach
    void aServerWithItsOwnCertificate() throws Exception {
        Path store = home.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=berth",
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        certificate = Files.writeString(
                home.resolve("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("server").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "{\"items\":[],\"next\":null}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Shell shell() {
        return new Shell(home)
                .with("BERTH_URL", "https://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void itIsReachedOnlyByThoseWhoTrustItsAuthority() {
        Shell.Ran stranger = shell().run("get", "projects");
        assertThat(stranger.code()).isEqualTo(3);
        assertThat(stranger.err()).contains("cannot be trusted", "--ca-file");

        assertThat(shell().run("get", "projects", "--ca-file", certificate.toString())
                        .code())
                .isZero();
        assertThat(shell().with("BERTH_CA_FILE", certificate.toString())
                        .run("get", "projects")
                        .code())
                .isZero();
        assertThat(shell().run(
                                "get",
                                "projects",
                                "--ca-file",
                                home.resolve("none.pem").toString())
                        .code())
                .isEqualTo(2);
    }
}
