package dev.berth.k8s.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The part of a kubelet that serves logs, over TLS as the real one: the API server behind it is real. A log named {@code
 * flood} never ends of itself; {@code waiting} has not started.
 */
final class FakeKubelet implements AutoCloseable {
    private static final char[] SECRET = "changeit".toCharArray();

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final AtomicLong floodBytes = new AtomicLong();
    volatile String asked = "";

    FakeKubelet(Path folder) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context(folder.resolve("kubelet.p12"))));
        } catch (IOException | GeneralSecurityException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/containerLogs/", this::logs);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "kubelet",
                "-keyalg",
                "EC",
                "-dname",
                "CN=kubelet",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString());
        new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, SECRET);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, SECRET);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void logs(HttpExchange call) throws IOException {
        String[] path = call.getRequestURI().getPath().split("/");
        asked = path[3] + " " + call.getRequestURI().getQuery();
        try (OutputStream out = call.getResponseBody()) {
            if (path[3].equals("waiting")) {
                byte[] why = "container \"main\" in pod \"waiting\" is waiting to start: ContainerCreating"
                        .getBytes(StandardCharsets.UTF_8);
                call.sendResponseHeaders(400, why.length);
                out.write(why);
                return;
            }
            call.sendResponseHeaders(200, 0);
            if (!path[3].equals("flood")) {
                out.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
                return;
            }
            byte[] piece = new byte[64 * 1024];
            while (true) {
                out.write(piece);
                floodBytes.addAndGet(piece.length);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
