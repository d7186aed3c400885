package dev.berth.k8s.client;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Streams through the pod sub-resources of the API server. The client must speak HTTP/1.1: with HTTP/2 all streams share
 * one connection and its window, and a log that nobody reads would hold up the watches.
 */
final class KubernetesPodStreams implements PodStreams {
    private static final int ERROR_BYTES = 16 * 1024;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int CONNECT_SECONDS = 20;

    private final Vertx vertx;
    private final KubernetesClient client;

    KubernetesPodStreams(Vertx vertx, KubernetesClient client) {
        this.vertx = vertx;
        this.client = client;
    }

    @Override
    public Future<PodStream> logs(ObjectKey pod, LogOptions options) {
        Query query = new Query()
                .with("container", options.container())
                .with("follow", options.follow() ? "true" : "")
                .with("previous", options.previous() ? "true" : "")
                .with("timestamps", options.timestamps() ? "true" : "")
                .with("sinceTime", options.sinceTime());
        options.tailLines().ifPresent(lines -> query.with("tailLines", Integer.toString(lines)));
        if (options.sinceTime().isEmpty()) {
            options.sinceSeconds().ifPresent(seconds -> query.with("sinceSeconds", Integer.toString(seconds)));
        }
        return new OpenedLog(pod, query).opened();
    }

    @Override
    public Future<PodStream> run(ObjectKey pod, PodCommand command) {
        Query query = new Query()
                .with("container", command.container())
                .with("stdin", Boolean.toString(command.stdin()))
                .with("stdout", "true")
                .with("stderr", Boolean.toString(!command.tty()))
                .with("tty", Boolean.toString(command.tty()));
        command.words().forEach(word -> query.with("command", word));
        String part = command.attaches() ? "attach" : "exec";
        URI uri = uri(pod, part, query);
        return socket(pod, uri, new KubernetesChannels.Speech(false, true)).recover(failure -> {
            // A server that knows only the older protocol refuses the newer one as a bad or forbidden request.
            boolean older = failure instanceof Refused refused
                    && (refused.refusal().status() == BAD_REQUEST
                            || refused.refusal().status() == FORBIDDEN);
            return older ? socket(pod, uri, new KubernetesChannels.Speech(false, false)) : Future.failedFuture(failure);
        });
    }

    @Override
    public Future<PodStream> connect(ObjectKey pod, int port) {
        URI uri = uri(pod, "portforward", new Query().with("ports", Integer.toString(port)));
        return socket(pod, uri, new KubernetesChannels.Speech(true, false));
    }

    private Future<PodStream> socket(ObjectKey pod, URI uri, KubernetesChannels.Speech speech) {
        Context context = vertx.getOrCreateContext();
        KubernetesChannels channels = new KubernetesChannels(vertx, context, speech, this::status);
        Promise<PodStream> opened = Promise.promise();
        client.getHttpClient()
                .newWebSocketBuilder()
                .uri(WebSocket.toWebSocketUri(uri))
                .subprotocol(speech.closes() ? KubernetesChannels.WITH_CLOSE : KubernetesChannels.WITHOUT_CLOSE)
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .buildAsync(channels)
                .whenComplete((socket, failure) -> context.runOnContext(turn -> {
                    if (failure == null) {
                        opened.complete(channels);
                    } else {
                        opened.fail(refusal(pod, failure));
                    }
                }));
        return opened.future();
    }

    private Status status(byte[] json) {
        return client.getKubernetesSerialization().unmarshal(new ByteArrayInputStream(json), Status.class);
    }

    private Refused refusal(ObjectKey pod, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException shake && shake.getResponse() != null) {
            return refusal(pod, shake.getResponse().code(), "the API server refused the stream");
        }
        if (cause instanceof KubernetesClientException known && known.getCode() > 0) {
            return refusal(pod, known.getCode(), Objects.requireNonNullElse(known.getMessage(), ""));
        }
        return new Refused(new Refusal.Busy("The API server is not reached: " + cause.getMessage(), 1));
    }

    private static Refused refusal(ObjectKey pod, int code, String said) {
        if (code == BAD_REQUEST) {
            return new Refused(new Refusal.Malformed(said));
        }
        return KubeRefusals.of(new KubernetesClientException(said, code, null), "Pod " + pod);
    }

    private URI uri(ObjectKey pod, String part, Query query) {
        String base = client.getMasterUrl().toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "api/v1/namespaces/" + encoded(pod.namespace())
                + "/pods/" + encoded(pod.name()) + "/" + part + query.text());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Parameters that are not empty. */
    private static final class Query {
        private final List<String> parts = new ArrayList<>();

        Query with(String name, String value) {
            if (!value.isEmpty()) {
                parts.add(name + "=" + encoded(value));
            }
            return this;
        }

        String text() {
            return parts.isEmpty() ? "" : "?" + String.join("&", parts);
        }
    }

    /** One request for a log: bytes may come before the future that brings the body is complete. */
    private final class OpenedLog {
        private final ObjectKey pod;
        private final Query query;
        private final Context context = vertx.getOrCreateContext();
        private final Promise<PodStream> promise = Promise.promise();
        private final java.io.ByteArrayOutputStream error = new java.io.ByteArrayOutputStream();
        private volatile @Nullable KubernetesLog log;

        OpenedLog(ObjectKey pod, Query query) {
            this.pod = pod;
            this.query = query;
        }

        Future<PodStream> opened() {
            client.getHttpClient()
                    .consumeBytes(
                            client.getHttpClient()
                                    .newHttpRequestBuilder()
                                    .uri(uri(pod, "log", query))
                                    .forStreaming()
                                    .build(),
                            this::came)
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            context.runOnContext(turn -> promise.fail(refusal(pod, failure)));
                        } else if (answer.isSuccessful()) {
                            KubernetesLog opened = new KubernetesLog(answer.body(), context);
                            log = opened;
                            context.runOnContext(turn -> promise.complete(opened));
                        } else {
                            refused(answer);
                        }
                    });
            return promise.future();
        }

        /** Nothing comes before it is asked for, and that is after {@link #log} is set. */
        private void came(List<ByteBuffer> buffers, AsyncBody body) {
            KubernetesLog opened = log;
            if (opened != null) {
                opened.came(buffers);
                return;
            }
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[Math.min(buffer.remaining(), ERROR_BYTES - error.size())];
                buffer.get(bytes);
                error.writeBytes(bytes);
            }
            body.consume();
        }

        private void refused(HttpResponse<AsyncBody> answer) {
            answer.body().done().whenComplete((done, broken) -> {
                String said = said();
                Refused refused = answer.code() == BAD_REQUEST
                        ? new Refused(new Refusal.Conflict(said, "Wait until the container has started."))
                        : refusal(pod, answer.code(), said);
                context.runOnContext(turn -> promise.fail(refused));
            });
            answer.body().consume();
        }

        private String said() {
            try {
                String message = status(error.toByteArray()).getMessage();
                return message == null ? "the API server gave no reason" : message;
            } catch (RuntimeException noStatus) {
                return "the API server gave no reason";
            }
        }
    }
}
