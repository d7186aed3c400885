package dev.berth.gateway;

import dev.berth.gateway.TunnelStore.Held;
import dev.berth.gateway.TunnelStore.Written;
import dev.berth.runtime.Bus;
import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameCodec;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.GatewayEffect;
import dev.berth.tunnel.GatewayEnd;
import dev.berth.tunnel.ObservedBatch;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.SignedHello;
import dev.berth.tunnel.TunnelState;
import dev.berth.tunnel.stream.StreamEnd;
import dev.berth.tunnel.stream.StreamTable;
import dev.berth.tunnel.v1.Samples;
import dev.berth.tunnel.v1.StreamEndReason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: a socket on one side, the store on the other, and {@link GatewayEnd} deciding between them. */
final class Tunnel implements GatewayEffect.Performer, IngestLane.Outcome {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);
    private static final long ACK_MILLIS = 250;

    private final Gatehouse house;
    private final ServerWebSocket socket;
    private final Channel channel;
    private final Context context;
    private final GatewayEnd end;
    private final FrameCodec codec = new FrameCodec(FrameType.Sender.AGENT);
    private final StreamTable streams = StreamTable.opening(new StreamTable.Surroundings() {
        @Override
        public long now() {
            return house().now();
        }

        @Override
        public void wake() {
            pump();
        }
    });
    private Bus.@Nullable Served opening;
    private @Nullable Held held;
    private @Nullable Written identity;
    private @Nullable IngestLane lane;
    private long ackUpTo;
    private boolean ackScheduled;
    private boolean full;
    private boolean pumping;
    private boolean gone;

    Tunnel(Gatehouse house, ServerWebSocket socket, Channel channel, Context context) {
        this.house = house;
        this.socket = socket;
        this.channel = channel;
        this.context = context;
        this.end = new GatewayEnd(house.nonce(), house.now(), house.pingMillis());
    }

    void start() {
        socket.frameHandler(frame -> {
            if (!frame.isFinal() || frame.isContinuation() || frame.isText()) {
                close(CloseCode.PROTOCOL, "Expected whole binary messages.");
            }
        });
        socket.binaryMessageHandler(this::received);
        socket.exceptionHandler(failure -> LOG.debug("{} broke: {}", this, failure.getMessage()));
        socket.drainHandler(drained -> {
            full = false;
            perform(end.writable(true));
            pump();
        });
        socket.closeHandler(closed -> socketClosed());
        perform(end.opened(house.id(), house.now()));
    }

    Held held() {
        if (held == null) {
            throw new IllegalStateException("Expected a session that is open.");
        }
        return held;
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
                perform(end.received(frame, house.now()));
            }
        } catch (ProtocolViolation violation) {
            close(violation.code(), String.valueOf(violation.getMessage()));
        } catch (RuntimeException bug) {
            failed(bug);
        }
    }

    private Gatehouse house() {
        return house;
    }

    private void bytes(Frame frame) {
        if (!end.heardBytes(house.now())) {
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

    private void perform(List<GatewayEffect> effects) {
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
        if (frame.stream() == FrameType.Stream.DESIRED) {
            house.meters().desired.increment(Gatehouse.items(frame));
        }
        if (!full && !socket.isClosed() && socket.writeQueueFull()) {
            full = true;
            perform(end.writable(false));
        }
    }

    @Override
    public void admit(SignedHello hello) {
        house.admit(hello)
                .onComplete(opened -> admitted(UUID.fromString(hello.body().getClusterId()), opened), failure -> {
                    house.meters().refusedHandshakes.increment();
                    CloseCode code = Gatehouse.codeOf(failure);
                    perform(end.refused(code, Gatehouse.sentenceOf(code)));
                });
    }

    private void admitted(UUID cluster, TunnelStore.Opened opened) {
        Held session = new Held(cluster, opened.admission().epoch());
        held = session;
        identity = opened.written();
        house.changed(opened.written());
        if (gone) {
            house.ended(this, session);
            return;
        }
        house.handshakeOver();
        lane = new IngestLane(house, session, house.commits(opened.written().tenant()), this);
        codec.greeted();
        LOG.info("cluster={} epoch={} connected", cluster, session.epoch());
        house.live().hold(this, session);
        perform(end.admitted(opened.admission()));
        if (end.opensStreams() && !gone) {
            opening = house.streams().serve(cluster, opened.written().tenant().value(), streams);
        }
    }

    @Override
    public void readDesired(long after, boolean liveOnly) {
        house.store()
                .desired(held(), after, liveOnly)
                .onComplete(items -> perform(end.desiredRead(items)), this::failed);
    }

    @Override
    public void ingest(ObservedBatch batch) {
        if (lane != null) {
            lane.add(batch);
        }
    }

    @Override
    public void committed(List<ObservedBatch> batches, Written written) {
        house.changed(written);
        perform(end.committed(batches));
    }

    /** A newer session of the cluster is open. */
    @Override
    public void fenced() {
        perform(end.fenced());
    }

    @Override
    public void failed(Throwable failure) {
        if (failure instanceof PgException refused && TunnelStore.FENCED.equals(refused.getSqlState())) {
            fenced();
            return;
        }
        if (!gone) {
            String incident = UUID.randomUUID().toString();
            LOG.error("{} incident={}", this, incident, failure);
            boolean ours = failure instanceof RuntimeException && !(failure instanceof PgException);
            close(ours ? CloseCode.INTERNAL : CloseCode.BUSY, "Incident " + incident);
        }
    }

    @Override
    public void desiredAcked(long dseq) {
        ackUpTo = Math.max(ackUpTo, dseq);
        if (!ackScheduled) {
            ackScheduled = true;
            house.vertx().setTimer(ACK_MILLIS, timer -> {
                ackScheduled = false;
                writeAck();
            });
        }
    }

    private void writeAck() {
        if (gone) {
            return;
        }
        house.store()
                .ackDesired(held(), ackUpTo)
                .onComplete(written -> written.ifPresentOrElse(house::changed, this::fenced), this::failed);
    }

    @Override
    public void publish(Samples samples) {
        if (identity != null) {
            house.publish(identity.tenant(), held().cluster(), samples);
        }
    }

    /** The log of this cluster goes up to here; the session may have been overtaken. */
    void polled(TunnelStore.Standing standing) {
        if (standing.current()) {
            perform(end.grew(standing.head()));
        } else {
            fenced();
        }
    }

    void tick() {
        perform(end.tick(house.now()));
        streams.tick(house.now());
    }

    void drain(int withinMillis, int spreadMillis) {
        closeStreams(StreamEndReason.STREAM_END_DRAINING, "The gateway is stopping. Try again at once.");
        perform(end.drain(house.now(), withinMillis, spreadMillis));
    }

    private void closeStreams(StreamEndReason reason, String text) {
        if (opening != null) {
            opening.close();
            opening = null;
        }
        streams.lost(StreamEnd.of(reason, text));
    }

    /** Resets the connection: no close frame, and what the peer has not read yet is gone. May be called on any thread. */
    void cut() {
        context.runOnContext(onContext -> {
            if (!channel.isOpen()) {
                return;
            }
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            // Below TLS and WebSocket, which would say goodbye.
            channel.pipeline().firstContext().close();
        });
    }

    @Override
    public void close(CloseCode code, String detail) {
        if (gone) {
            return;
        }
        end.closed(code);
        house.meters().closed(code);
        LOG.info("{} closed {} {}: {}", this, code.number(), code, detail);
        if (!socket.isClosed()) {
            socket.close((short) code.number(), detail.length() > 100 ? detail.substring(0, 100) : detail);
        }
        socketClosed();
    }

    private void socketClosed() {
        if (gone) {
            return;
        }
        gone = true;
        closeStreams(StreamEndReason.STREAM_END_TUNNEL_LOST, "The tunnel to the cluster broke.");
        if (!(end.state() instanceof TunnelState.Closed)) {
            end.closed(CloseCode.NORMAL);
        }
        if (lane != null) {
            lane.stop();
        } else {
            house.handshakeOver();
        }
        house.forget(this);
        if (held != null) {
            house.ended(this, held);
        }
    }

    @Override
    public String toString() {
        return held == null
                ? "tunnel of " + socket.remoteAddress()
                : "cluster=" + held.cluster() + " epoch=" + held.epoch();
    }
}
