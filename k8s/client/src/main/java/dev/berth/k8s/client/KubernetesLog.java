package dev.berth.k8s.client;

import dev.berth.k8s.client.PodStream.End.Completed;
import dev.berth.k8s.client.PodStream.End.Failed;
import dev.berth.model.Refusal;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.List;

/** The body of a log's HTTP answer, read as fast as it is wanted. */
final class KubernetesLog implements PodStream {
    private final AsyncBody body;
    private final Demand demand;

    KubernetesLog(AsyncBody body, Context context) {
        this.body = body;
        this.demand = new Demand(context, body::consume);
        body.done()
                .whenComplete((done, failure) -> demand.end(
                        failure == null
                                ? new Completed(0)
                                : new Failed(new Refusal.Busy("The API server broke off the log.", 1))));
    }

    /** Bytes of the body came, on a thread of the HTTP client. */
    void came(List<ByteBuffer> buffers) {
        Buffer bytes = Buffer.buffer();
        for (ByteBuffer buffer : buffers) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(copy);
            bytes.appendBytes(copy);
        }
        demand.piece(Channel.MAIN, bytes);
    }

    @Override
    public void start(Listener listener) {
        body.consume();
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
        return Future.succeededFuture();
    }

    @Override
    public void finish() {}

    @Override
    public void resize(int columns, int rows) {}

    @Override
    public void close() {
        demand.close();
        body.cancel();
    }
}
