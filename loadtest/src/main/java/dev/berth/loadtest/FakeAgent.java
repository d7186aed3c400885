package dev.berth.loadtest;

import dev.berth.tunnel.AgentEffect;
import dev.berth.tunnel.AgentEnd;
import dev.berth.tunnel.AgentIdentity;
import dev.berth.tunnel.AgentMemory;
import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.DesiredBatch;
import dev.berth.tunnel.DesiredCursor;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameCodec;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.ObjectRef;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.TunnelState;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.SnapPage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The protocol's end of a cluster that does not exist: it takes what it shall hold and reports what it is told to. */
final class FakeAgent implements AgentEffect.Performer {
    private static final String WORKLOAD = "Workload";
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LAST_BACKOFF_MILLIS = 5_000;

    private final Swarm swarm;
    private final AgentIdentity identity;
    private final AgentMemory memory;
    private final Ledger ledger;
    private final Promise<Void> ready = Promise.promise();
    private @Nullable AgentEnd end;
    private @Nullable WebSocket socket;
    private FrameCodec codec = new FrameCodec(FrameType.Sender.GATEWAY);
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private long brokenAtNanos;
    private boolean full;
    private boolean stopped;

    FakeAgent(Swarm swarm, AgentIdentity identity) {
        this.swarm = swarm;
        this.identity = identity;
        this.memory = new AgentMemory(UUID.randomUUID().toString(), DesiredCursor.NONE);
        this.ledger = new Ledger(memory.dirty(), swarm.latencies());
        memory.listed();
    }

    Ledger ledger() {
        return ledger;
    }

    /** Done when the first session is open and what the cluster shall hold has arrived. */
    Future<Void> start() {
        dial();
        return ready.future();
    }

    private void dial() {
        if (!stopped) {
            swarm.dial().onSuccess(this::opened).onFailure(failure -> {
                swarm.troubled("The gateway is not reached: " + failure.getMessage());
                dialLater();
            });
        }
    }

    private void dialLater() {
        long wait = Math.max(1, (long) (backoffMillis * swarm.random()));
        backoffMillis = Math.min(LAST_BACKOFF_MILLIS, 2 * backoffMillis);
        swarm.later(wait, this::dial);
    }

    private void opened(WebSocket opened) {
        AgentEnd session = new AgentEnd(identity, memory, swarm.millis(), swarm.pingMillis());
        codec = new FrameCodec(FrameType.Sender.GATEWAY);
        full = false;
        end = session;
        socket = opened;
        opened.binaryMessageHandler(message -> received(session, message));
        opened.exceptionHandler(broken -> {});
        opened.drainHandler(drained -> {
            full = false;
            perform(session.writable(true));
        });
        opened.closeHandler(closed -> ended(session));
    }

    private void received(AgentEnd session, Buffer message) {
        if (end != session) {
            return;
        }
        try {
            Frame frame = codec.decode(message.getBytes());
            if (frame != null) {
                perform(session.received(frame, swarm.millis()));
                ledger.acknowledged(memory.dirty().ackedOseq(), swarm.nanos());
            }
        } catch (ProtocolViolation violation) {
            close(violation.code(), String.valueOf(violation.getMessage()));
        }
    }

    private void perform(List<AgentEffect> effects) {
        effects.forEach(effect -> effect.perform(this));
    }

    /** One of the objects is in a new state since {@code dueNanos}; {@link #flush} sends it. */
    void report(long turn, long dueNanos) {
        ledger.report(turn, dueNanos);
    }

    void flush() {
        if (end != null) {
            perform(end.changed());
        }
    }

    void tick() {
        if (end != null) {
            perform(end.tick(swarm.millis()));
        }
    }

    @Override
    public void send(Frame frame) {
        if (frame.type() == FrameType.DELTA) {
            ledger.sent(frame.body(Delta.class).getItemsList());
        } else if (frame.type() == FrameType.SNAP_PAGE) {
            ledger.sent(frame.body(SnapPage.class).getItemsList());
        }
        if (socket == null || end == null || socket.isClosed()) {
            return;
        }
        for (byte[] message : FrameCodec.encode(frame)) {
            socket.writeBinaryMessage(Buffer.buffer(message));
        }
        if (!full && socket.writeQueueFull()) {
            full = true;
            perform(end.writable(false));
        }
    }

    @Override
    public void apply(DesiredBatch batch) {
        for (Item item : batch.items()) {
            if (item.getKind().equals(WORKLOAD) && !item.getDeleted()) {
                ledger.add(new ObjectRef(WORKLOAD, item.getUid()));
            }
        }
        memory.applied(batch);
        if (end != null) {
            perform(end.applied(batch));
            perform(end.acknowledge());
            perform(end.changed());
        }
        if (batch.upTo() > 0) {
            ready.tryComplete();
        }
    }

    @Override
    public void relist() {
        ledger.relist();
        memory.listed();
    }

    @Override
    public void welcomed(long epoch) {
        codec.greeted();
        backoffMillis = FIRST_BACKOFF_MILLIS;
        ledger.acknowledged(memory.dirty().ackedOseq(), swarm.nanos());
        ledger.resumed();
        if (brokenAtNanos != 0) {
            swarm.reconnected(swarm.nanos() - brokenAtNanos);
        }
    }

    @Override
    public void goneAway(int spreadMillis) {
        // The gateway closes when what was sent is committed; the socket's end says the rest.
    }

    @Override
    public void close(CloseCode code, String detail) {
        swarm.troubled("An agent closes its tunnel with " + code.number() + " " + code + ": " + detail);
        WebSocket closing = socket;
        if (closing != null && !closing.isClosed()) {
            closing.close((short) code.number(), detail.length() > 100 ? detail.substring(0, 100) : detail);
        }
    }

    private void ended(AgentEnd session) {
        if (end != session) {
            return;
        }
        if (session.state() instanceof TunnelState.Streaming) {
            brokenAtNanos = swarm.nanos();
        }
        session.closed(CloseCode.NORMAL);
        end = null;
        socket = null;
        dialLater();
    }

    void stop() {
        stopped = true;
        if (socket != null) {
            socket.close();
        }
    }
}
