package dev.berth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The few requests with which a test prepares an API server. */
final class KubeHttp {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String url;
    private final String token;
    private final Path certificate;
    private @Nullable HttpClient client;

    KubeHttp(String url, String token, Path certificate) {
        this.url = url;
        this.token = token;
        this.certificate = certificate;
    }

    boolean ready() {
        try {
            return send(request("/readyz").GET().build()).statusCode() == 200;
        } catch (IOException | GeneralSecurityException notYet) {
            return false;
        }
    }

    String get(String path) {
        return body(request(path).GET().build());
    }

    void apply(String path, String yaml) {
        body(request(path + "?fieldManager=testkit&force=true")
                .header("Content-Type", "application/apply-patch+yaml")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(yaml))
                .build());
    }

    /** Whether a plain HTTP address answers 200. */
    static boolean answers(URI uri) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
            return sent(HttpClient.newHttpClient(), request).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private String body(HttpRequest request) {
        try {
            HttpResponse<String> response = send(request);
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(request.method() + " "
                        + request.uri().getPath() + " was answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, GeneralSecurityException {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder().sslContext(trusting()).build();
            client = known;
        }
        return sent(known, request);
    }

    private static HttpResponse<String> sent(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream file = Files.newInputStream(certificate)) {
            int number = 0;
            for (Certificate known : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("known-" + number++, known);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
