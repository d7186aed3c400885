package dev.berth.tunnel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.v1.StreamChannel;
import dev.berth.tunnel.v1.StreamData;
import dev.berth.tunnel.v1.StreamKind;
import dev.berth.tunnel.v1.StreamOpen;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Both ends of a tunnel's byte streams in one thread, with two links between them that the test moves by hand. */
final class StreamPair {
    long now;
    final ArrayDeque<Frame> down = new ArrayDeque<>();
    final ArrayDeque<Frame> up = new ArrayDeque<>();
    final Map<Integer, Pod> pods = new HashMap<>();
    final List<Frame> moved = new ArrayList<>();
    final StreamTable gateway = StreamTable.opening(new Clock());
    final StreamTable agent = StreamTable.answering(
            (stream, request) -> pods.put(stream.number(), new Pod(stream, request)), new Clock());

    /** Nothing is fetched on a wake: the test decides when the sockets take more. */
    private final class Clock implements StreamTable.Surroundings {
        @Override
        public long now() {
            return now;
        }

        @Override
        public void wake() {}
    }

    /** One end as its user sees it: what came, what is unread, how it ended. */
    static class Side implements StreamListener {
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        @Nullable
        ByteStream stream;

        int unread;
        boolean opened;
        boolean eof;
        int drained;
        String size = "";

        @Nullable
        StreamEnd end;

        @Override
        public void opened() {
            opened = true;
        }

        @Override
        public void data(StreamChannel channel, ByteString bytes) {
            assertThat(end).isNull();
            heard.writeBytes(bytes.toByteArray());
            unread += bytes.size();
        }

        @Override
        public void eof() {
            eof = true;
        }

        @Override
        public void resized(int columns, int rows) {
            size = columns + "x" + rows;
        }

        @Override
        public void drained() {
            drained++;
        }

        @Override
        public void closed(StreamEnd reason) {
            assertThat(end).isNull();
            end = reason;
        }

        ByteStream stream() {
            assertThat(stream).isNotNull();
            return stream;
        }

        void read(int bytes) {
            int taken = Math.min(bytes, unread);
            unread -= taken;
            if (taken > 0) {
                stream().consumed(taken);
            }
        }
    }

    /** The agent's side of a stream. */
    static final class Pod extends Side {
        final StreamOpen request;

        Pod(ByteStream stream, StreamOpen request) {
            this.stream = stream;
            this.request = request;
            stream.listen(this);
        }
    }

    /** A stream that the pod has answered. */
    Side open(StreamKind kind) {
        Side side = ask(kind);
        move();
        pod(side).stream().accept();
        move();
        assertThat(side.opened).isTrue();
        return side;
    }

    Side ask(StreamKind kind) {
        Side side = new Side();
        side.stream = gateway.open(StreamOpen.newBuilder().setKind(kind).build(), side)
                .orElseThrow();
        return side;
    }

    Pod pod(Side side) {
        return pods.get(side.stream().number());
    }

    /** Both sockets take everything and deliver it, until nobody has more to say. */
    void move() {
        int before;
        do {
            before = moved.size();
            fetch(gateway, down, Integer.MAX_VALUE);
            fetch(agent, up, Integer.MAX_VALUE);
            deliver(down, agent, Integer.MAX_VALUE);
            deliver(up, gateway, Integer.MAX_VALUE);
        } while (moved.size() > before);
    }

    void fetch(StreamTable from, ArrayDeque<Frame> link, int most) {
        for (int i = 0; i < most; i++) {
            Frame frame = from.next();
            if (frame == null) {
                return;
            }
            link.add(frame);
        }
    }

    void deliver(ArrayDeque<Frame> link, StreamTable to, int most) {
        for (int i = 0; i < most && !link.isEmpty(); i++) {
            Frame frame = link.remove();
            moved.add(frame);
            to.received(frame);
        }
    }

    /** Bytes of a stream that are on a link or unread at its end. */
    int inFlight(Side reader, ArrayDeque<Frame> link) {
        int bytes = reader.unread;
        for (Frame frame : link) {
            if (frame.type() == FrameType.DATA
                    && frame.stream() == reader.stream().number()) {
                bytes += frame.body(StreamData.class).getContent().size();
            }
        }
        return bytes;
    }
}
