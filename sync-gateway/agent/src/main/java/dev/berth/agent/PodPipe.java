package dev.berth.agent;

import com.google.protobuf.ByteString;
import dev.berth.k8s.client.PodStream;
import dev.berth.tunnel.stream.ByteStream;
import dev.berth.tunnel.stream.StreamEnd;
import dev.berth.tunnel.stream.StreamListener;
import dev.berth.tunnel.v1.StreamChannel;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A pod's stream on one side, the tunnel's on the other; each is slowed down to what the other takes. */
final class PodPipe implements StreamListener, PodStream.Listener {
    private final ByteStream tunnel;
    private @Nullable PodStream pod;

    PodPipe(ByteStream tunnel) {
        this.tunnel = tunnel;
    }

    /** The pod answers; too late where the user has gone meanwhile. */
    void connected(PodStream opened) {
        if (tunnel.over()) {
            opened.close();
            return;
        }
        pod = opened;
        tunnel.accept();
        opened.start(this);
    }

    private PodStream pod() {
        if (pod == null) {
            throw new IllegalStateException("Expected bytes only for a pod that has answered.");
        }
        return pod;
    }

    @Override
    public void data(PodStream.Channel channel, Buffer bytes) {
        tunnel.send(
                channel == PodStream.Channel.ERROR
                        ? StreamChannel.STREAM_CHANNEL_ERROR
                        : StreamChannel.STREAM_CHANNEL_MAIN,
                ByteString.copyFrom(bytes.getBytes()));
        if (!tunnel.room()) {
            pod().pause();
        }
    }

    @Override
    public void ended(PodStream.End end) {
        tunnel.end(
                end instanceof PodStream.End.Completed completed
                        ? StreamEnd.completed(completed.exitCode())
                        : PodDesk.ended(((PodStream.End.Failed) end).refusal()));
    }

    @Override
    public void data(StreamChannel channel, ByteString bytes) {
        pod().write(Buffer.buffer(bytes.toByteArray())).onComplete(written -> tunnel.consumed(bytes.size()));
    }

    @Override
    public void eof() {
        pod().finish();
    }

    @Override
    public void resized(int columns, int rows) {
        pod().resize(columns, rows);
    }

    @Override
    public void drained() {
        pod().resume();
    }

    @Override
    public void closed(StreamEnd end) {
        if (pod != null) {
            pod.close();
        }
    }
}
