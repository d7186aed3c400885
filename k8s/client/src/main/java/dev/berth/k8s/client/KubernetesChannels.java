package dev.berth.k8s.client;

import dev.berth.k8s.client.PodStream.End.Completed;
import dev.berth.k8s.client.PodStream.End.Failed;
import dev.berth.model.Refusal;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of {@code channel.k8s.io}: the first byte of each message names its channel. Exec and attach have input,
 * output, errors, a final status and the terminal's size; a forwarded port has bytes and errors, and begins each channel
 * with the port's number. See {@code k8s.io/apimachinery/pkg/util/remotecommand} for the numbers.
 */
final class KubernetesChannels implements PodStream, WebSocket.Listener {
    static final String WITH_CLOSE = "v5.channel.k8s.io";
    static final String WITHOUT_CLOSE = "v4.channel.k8s.io";

    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int ERRORS = 2;
    private static final int STATUS = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;
    private static final int PORT_BYTES = 2;
    private static final int NORMAL = 1000;
    /** The HTTP client sends one message at a time and tells nobody when it has. */
    private static final long SENT_CHECK_MILLIS = 2;

    private final Vertx vertx;
    private final Context context;
    private final Function<byte[], Status> statusReader;
    private final boolean port;
    private final boolean closes;
    private final Demand demand;
    private volatile @Nullable WebSocket socket;
    private int headers;
    private @Nullable End status;
    private Future<Void> sent = Future.succeededFuture();
    private volatile boolean gone;

    /** What the socket speaks: ports have other channels, and only v5 can end the input. */
    record Speech(boolean port, boolean closes) {}

    KubernetesChannels(Vertx vertx, Context context, Speech speech, Function<byte[], Status> statusReader) {
        this.vertx = vertx;
        this.context = context;
        this.statusReader = statusReader;
        this.port = speech.port();
        this.closes = speech.closes();
        this.demand = new Demand(context, this::request);
    }

    private void request() {
        WebSocket now = socket;
        if (now != null) {
            now.request();
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
    }

    @Override
    public void onMessage(WebSocket from, ByteBuffer message) {
        if (gone) {
            from.request();
            return;
        }
        if (!message.hasRemaining()) {
            demand.piece(Channel.MAIN, Buffer.buffer());
            return;
        }
        int channel = Byte.toUnsignedInt(message.get());
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        if (port) {
            forwarded(channel, bytes);
        } else {
            told(channel, bytes);
        }
    }

    private void forwarded(int channel, byte[] bytes) {
        boolean header = headers < PORT_BYTES && bytes.length == PORT_BYTES;
        if (header) {
            headers++;
        } else if (channel != 0 && bytes.length > 0) {
            status = new Failed(new Refusal.Conflict(
                    "The port did not answer: " + text(bytes), "Check that the workload listens on it."));
        }
        demand.piece(Channel.MAIN, channel == 0 && !header ? Buffer.buffer(bytes) : Buffer.buffer());
    }

    private void told(int channel, byte[] bytes) {
        if (channel == STATUS && bytes.length > 0) {
            status = ended(statusReader.apply(bytes));
        }
        boolean data = channel == OUTPUT || channel == ERRORS;
        demand.piece(channel == ERRORS ? Channel.ERROR : Channel.MAIN, data ? Buffer.buffer(bytes) : Buffer.buffer());
    }

    @Override
    public void onMessage(WebSocket from, String text) {
        demand.piece(Channel.MAIN, Buffer.buffer());
    }

    @Override
    public void onClose(WebSocket from, int code, String reason) {
        End known = status;
        demand.end(
                known != null
                        ? known
                        : port || code == NORMAL
                                ? new Completed(0)
                                : new Failed(new Refusal.Busy("The API server closed the stream: " + reason, 1)));
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        End known = status;
        demand.end(known != null ? known : new Failed(new Refusal.Busy("The stream to the pod broke.", 1)));
    }

    /** Kubernetes tells the exit code as a cause of a failure. */
    private static End ended(Status status) {
        if ("Success".equals(status.getStatus())) {
            return new Completed(0);
        }
        if (status.getDetails() != null && status.getDetails().getCauses() != null) {
            for (StatusCause cause : status.getDetails().getCauses()) {
                if ("ExitCode".equals(cause.getReason()) && cause.getMessage() != null) {
                    return new Completed(code(cause.getMessage()));
                }
            }
        }
        String said = status.getMessage() == null ? "no reason was given" : status.getMessage();
        return new Failed(new Refusal.Conflict("The command could not run: " + said, "Check container and command."));
    }

    private static int code(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException odd) {
            return 1;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 300), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void start(Listener listener) {
        demand.start(listener);
    }

    @Override
    public void pause() {
        demand.pause();
    }

    @Override
    public void resume() {
        demand.resume();
    }

    @Override
    public Future<Void> write(Buffer bytes) {
        return send(INPUT, bytes.getBytes());
    }

    @Override
    public void finish() {
        if (port) {
            // The protocol cannot end one direction; the pod sees the end when the stream is closed.
            return;
        }
        if (closes) {
            send(CLOSE, new byte[] {INPUT});
        }
    }

    @Override
    public void resize(int columns, int rows) {
        if (!port) {
            String size = "{\"Width\":" + columns + ",\"Height\":" + rows + "}";
            send(RESIZE, size.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Future<Void> send(int channel, byte[] bytes) {
        sent = sent.compose(before -> {
            WebSocket now = socket;
            if (gone || now == null) {
                return Future.succeededFuture();
            }
            ByteBuffer message = ByteBuffer.allocate(1 + bytes.length);
            message.put((byte) channel).put(bytes).flip();
            return now.send(message) ? allSent(now) : Future.succeededFuture();
        });
        return sent;
    }

    private Future<Void> allSent(WebSocket now) {
        if (gone || now.queueSize() == 0) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        context.runOnContext(
                turn -> vertx.setTimer(SENT_CHECK_MILLIS, timer -> allSent(now).onComplete(promise)));
        return promise.future();
    }

    @Override
    public void close() {
        gone = true;
        demand.close();
        WebSocket now = socket;
        if (now != null) {
            now.sendClose(NORMAL, "");
            // Whatever the peer still says is read and dropped, so that its close is seen.
            now.request();
        }
    }
}
