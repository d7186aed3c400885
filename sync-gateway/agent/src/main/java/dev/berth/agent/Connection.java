package dev.berth.agent;

import dev.berth.tunnel.AgentEffect;
import dev.berth.tunnel.AgentEnd;
import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.DesiredBatch;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameCodec;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.TunnelState;
import dev.berth.tunnel.stream.StreamEnd;
import dev.berth.tunnel.stream.StreamTable;
import dev.berth.tunnel.v1.Samples;
import dev.berth.tunnel.v1.StreamEndReason;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a gateway: a socket on one side, the cluster on the other, and {@link AgentEnd} between them. */
final class Connection implements AgentEffect.Performer {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long ACK_MILLIS = 20;
    private static final long GATHER_MILLIS = 5;

    /** Told what becomes of the connection. */
    interface Listener {
        void welcomed(long epoch);

        /** The memory was emptied: list everything once more. */
        void relist();

        void apply(DesiredBatch batch, Connection connection);

        /** Answers the streams that the gateway opens. */
        StreamTable.Acceptor pods();

        /** @param goneAwayMillis over which to dial again, as the gateway asked; negative: it did not */
        void ended(Connection connection, CloseCode code, long goneAwayMillis);
    }

    private final Vertx vertx;
    private final WebSocket socket;
    private final AgentEnd end;
    private final InstantSource clock;
    private final Listener listener;
    private final FrameCodec codec = new FrameCodec(FrameType.Sender.GATEWAY);
    private final StreamTable streams;
    private boolean full;
    private boolean pumping;
    private boolean gone;
    private boolean ackScheduled;
    private boolean newsScheduled;
    private long goneAwayMillis = -1;

    Connection(Vertx vertx, WebSocket socket, AgentEnd end, InstantSource clock, Listener listener) {
        this.streams = StreamTable.answering(listener.pods(), new StreamTable.Surroundings() {
            @Override
            public long now() {
                return clock.millis();
            }

            @Override
            public void wake() {
                pump();
            }
        });
        this.vertx = vertx;
        this.socket = socket;
        this.end = end;
        this.clock = clock;
        this.listener = listener;
    }

    void start() {
        socket.binaryMessageHandler(this::received);
        socket.textMessageHandler(text -> close(CloseCode.PROTOCOL, "Expected binary messages."));
        socket.exceptionHandler(failure -> LOG.debug("The tunnel broke: {}", failure.getMessage()));
        socket.drainHandler(drained -> {
            full = false;
            perform(end.writable(true));
            pump();
        });
        socket.closeHandler(closed -> {
            Short code = socket.closeStatusCode();
            ended(code == null ? CloseCode.NORMAL : CloseCode.of(code));
        });
    }

    private void received(Buffer message) {
        if (gone) {
            return;
        }
        try {
            Frame frame = codec.decode(message.getBytes());
            if (frame != null && frame.type().ofBytes()) {
                bytes(frame);
            } else if (frame != null) {
                perform(end.received(frame, clock.millis()));
            }
        } catch (ProtocolViolation violation) {
            close(violation.code(), String.valueOf(violation.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("A frame could not be handled", bug);
            close(CloseCode.INTERNAL, "The agent failed.");
        }
    }

    private void bytes(Frame frame) {
        if (!end.heardBytes(clock.millis())) {
            throw ProtocolViolation.malformed("Expected WELCOME before any stream.");
        }
        streams.received(frame);
    }

    /** Sends what streams have, behind everything else, as long as the socket takes more. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            for (Frame next = full || gone ? null : streams.next();
                    next != null;
                    next = full || gone ? null : streams.next()) {
                send(next);
            }
        } finally {
            pumping = false;
        }
    }

    private void perform(List<AgentEffect> effects) {
        effects.forEach(effect -> effect.perform(this));
    }

    @Override
    public void send(Frame frame) {
        if (gone || socket.isClosed()) {
            return;
        }
        for (byte[] message : FrameCodec.encode(frame)) {
            socket.writeBinaryMessage(Buffer.buffer(message));
        }
        if (!full && !socket.isClosed() && socket.writeQueueFull()) {
            full = true;
            perform(end.writable(false));
        }
    }

    @Override
    public void apply(DesiredBatch batch) {
        listener.apply(batch, this);
    }

    /** The batch is written to the cluster. */
    void applied(DesiredBatch batch) {
        if (gone) {
            return;
        }
        perform(end.applied(batch));
        if (!ackScheduled) {
            ackScheduled = true;
            vertx.setTimer(ACK_MILLIS, timer -> {
                ackScheduled = false;
                perform(end.acknowledge());
            });
        }
    }

    /** The dirty set has news; a few milliseconds later there may be more. */
    void news() {
        if (gone || newsScheduled) {
            return;
        }
        newsScheduled = true;
        vertx.setTimer(GATHER_MILLIS, timer -> {
            newsScheduled = false;
            perform(end.changed());
        });
    }

    void samples(Samples samples) {
        perform(end.samples(samples));
    }

    void tick() {
        perform(end.tick(clock.millis()));
        streams.tick(clock.millis());
    }

    boolean streaming() {
        return end.state() instanceof TunnelState.Streaming;
    }

    @Override
    public void welcomed(long epoch) {
        codec.greeted();
        listener.welcomed(epoch);
    }

    @Override
    public void relist() {
        listener.relist();
    }

    @Override
    public void goneAway(int spreadMillis) {
        goneAwayMillis = Math.max(0, spreadMillis);
    }

    @Override
    public void close(CloseCode code, String detail) {
        if (gone) {
            return;
        }
        LOG.info("The tunnel is closed with {} {}: {}", code.number(), code, detail);
        if (!socket.isClosed()) {
            socket.close((short) code.number(), detail.length() > 100 ? detail.substring(0, 100) : detail);
        }
        ended(code);
    }

    private void ended(CloseCode code) {
        if (gone) {
            return;
        }
        gone = true;
        end.closed(code);
        streams.lost(StreamEnd.of(StreamEndReason.STREAM_END_TUNNEL_LOST, "The tunnel broke."));
        listener.ended(this, code, goneAwayMillis);
    }
}
