package dev.berth.tunnel;

import com.google.protobuf.MessageLite;
import dev.berth.tunnel.DesiredBatch.Part;
import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.TunnelState.Admitting;
import dev.berth.tunnel.TunnelState.Closed;
import dev.berth.tunnel.TunnelState.Draining;
import dev.berth.tunnel.TunnelState.Greeting;
import dev.berth.tunnel.TunnelState.Streaming;
import dev.berth.tunnel.v1.Ack;
import dev.berth.tunnel.v1.Challenge;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.GoAway;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.Ping;
import dev.berth.tunnel.v1.Plan;
import dev.berth.tunnel.v1.Samples;
import dev.berth.tunnel.v1.SnapBegin;
import dev.berth.tunnel.v1.SnapEnd;
import dev.berth.tunnel.v1.SnapPage;
import dev.berth.tunnel.v1.Welcome;
import dev.berth.tunnel.v1.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent's end of one connection. Each method is told what happened and returns what to do; nothing happens by itself.
 * A new one is made for each connection, around the same {@link AgentMemory}. Not thread-safe.
 */
public final class AgentEnd {
    private static final long DRAIN_MILLIS = 5_000;

    private final AgentIdentity identity;
    private final AgentMemory memory;
    private final Liveness liveness;
    private final Credit observedCredit = new Credit(Limits.OBSERVED_WINDOW_BYTES);
    private final Allowance desiredAllowance = new Allowance(Stream.DESIRED, Limits.DESIRED_WINDOW_BYTES);
    private List<AgentEffect> effects = new ArrayList<>();
    private TunnelState state;
    private String storeId = "";
    private boolean snapshotting;
    private int snapPages;
    private boolean writable = true;
    private long appliedUpTo;
    private long ackedUpTo;

    public AgentEnd(AgentIdentity identity, AgentMemory memory, long nowMillis, long pingMillis) {
        this.identity = identity;
        this.memory = memory;
        this.liveness = new Liveness(nowMillis, pingMillis, Limits.DEAD_MILLIS);
        this.state = new Greeting(nowMillis);
    }

    public TunnelState state() {
        return state;
    }

    public List<AgentEffect> received(Frame frame, long nowMillis) {
        liveness.heard(nowMillis);
        try {
            if (!(state instanceof Closed)) {
                dispatch(frame, nowMillis);
                pump();
            }
        } catch (ProtocolViolation violation) {
            close(violation.code(), String.valueOf(violation.getMessage()));
        }
        return take();
    }

    /** A frame of a byte stream came; true: the streams may have it. */
    public boolean heardBytes(long nowMillis) {
        liveness.heard(nowMillis);
        return state.takesObjects();
    }

    private void dispatch(Frame frame, long nowMillis) {
        switch (frame.type()) {
            case CHALLENGE -> challenged(frame.body(Challenge.class));
            case WELCOME -> welcomed(frame.body(Welcome.class));
            case PING -> send(Frame.pong(frame.body(Ping.class).getId()));
            case PONG, FAILURE -> {}
            case GOAWAY -> goAway(frame.body(GoAway.class), nowMillis);
            case WINDOW -> window(frame.body(Window.class));
            case ACK -> acked(frame.body(Ack.class));
            case DELTA -> desired(frame, Part.DELTA, frame.body(Delta.class).getItemsList());
            case SNAP_BEGIN -> desired(frame, Part.SNAP_BEGIN, List.of());
            case SNAP_PAGE ->
                desired(frame, Part.SNAP_PAGE, frame.body(SnapPage.class).getItemsList());
            case SNAP_END -> desired(frame, Part.SNAP_END, List.of());
            case HELLO, SAMPLES, OPEN, OPENED, DATA, EOF, CLOSE, RESIZE, CREDIT ->
                throw ProtocolViolation.malformed("Expected no " + frame.type() + " here.");
        }
    }

    private void challenged(Challenge challenge) {
        if (!(state instanceof Greeting greeting)) {
            throw ProtocolViolation.malformed("Expected one CHALLENGE, first of all.");
        }
        if (challenge.getNonce().size() != Limits.NONCE_BYTES) {
            throw ProtocolViolation.malformed("Expected a nonce of " + Limits.NONCE_BYTES + " bytes.");
        }
        state = greeting.hello();
        send(Frame.control(FrameType.HELLO, identity.hello(challenge.getNonce().toByteArray(), memory)));
    }

    private void welcomed(Welcome welcome) {
        if (!(state instanceof Admitting admitting)) {
            throw ProtocolViolation.malformed("Expected one WELCOME, after HELLO.");
        }
        if (welcome.getProto() != Limits.PROTO_VERSION) {
            throw new ProtocolViolation(CloseCode.VERSION, "Expected protocol 1, but got " + welcome.getProto() + ".");
        }
        state = admitting.welcomed(welcome.getEpoch());
        storeId = welcome.getStoreId();
        memory.welcomed(welcome.getEpoch());
        if (welcome.getObservedCommitted() < memory.dirty().ackedOseq()) {
            memory.forget();
            effects.add(new AgentEffect.Relist());
            throw new ProtocolViolation(
                    CloseCode.STORE_ROLLBACK, "The store lost what it had acknowledged; everything is told anew.");
        }
        snapshotting = welcome.getObservedPlan() == Plan.PLAN_SNAPSHOT;
        memory.dirty().resume(welcome.getObservedCommitted(), welcome.getObservedBase());
        if (snapshotting) {
            sendObserved(
                    FrameType.SNAP_BEGIN,
                    0,
                    SnapBegin.newBuilder().setAsOf(welcome.getObservedBase()).build());
        }
        effects.add(new AgentEffect.Welcomed(welcome.getEpoch()));
    }

    private void goAway(GoAway goAway, long nowMillis) {
        effects.add(new AgentEffect.GoneAway(goAway.getSpreadMillis()));
        if (state instanceof Streaming streaming) {
            state = streaming.drain(nowMillis + DRAIN_MILLIS);
        }
    }

    private void window(Window window) {
        if (window.getStream() == Stream.OBSERVED) {
            observedCredit.grant(Integer.toUnsignedLong(window.getBytes()));
        }
    }

    private void acked(Ack ack) {
        requireStreaming();
        if (ack.getStream() != Stream.OBSERVED || ack.getSeq() > memory.dirty().lastOseq()) {
            throw ProtocolViolation.malformed("Expected an ACK of something that was sent.");
        }
        memory.dirty().acked(ack.getSeq());
    }

    private void desired(Frame frame, Part part, List<Item> items) {
        requireStreaming();
        desiredAllowance.received(frame.size());
        long upTo = part == Part.DELTA || part == Part.SNAP_END ? frame.seq() : 0;
        effects.add(new AgentEffect.Apply(new DesiredBatch(part, storeId, items, upTo, frame.size())));
    }

    private void requireStreaming() {
        if (!state.takesObjects()) {
            throw ProtocolViolation.malformed("Expected WELCOME before anything else.");
        }
    }

    /** The batch is written; call in the order in which the batches came. */
    public List<AgentEffect> applied(DesiredBatch batch) {
        if (state.takesObjects()) {
            appliedUpTo = batch.upTo() == 0 ? appliedUpTo : batch.upTo();
            int granted = desiredAllowance.dealtWith(batch.bytes());
            if (granted > 0) {
                send(Frame.window(Stream.DESIRED, granted));
            }
        }
        return take();
    }

    /** Acknowledges what was applied; called now and then, not for each batch. */
    public List<AgentEffect> acknowledge() {
        if (state.takesObjects() && appliedUpTo != ackedUpTo) {
            ackedUpTo = appliedUpTo;
            send(Frame.ack(Stream.DESIRED, appliedUpTo));
        }
        return take();
    }

    /** The dirty set has news, or the watches have listed. */
    public List<AgentEffect> changed() {
        pump();
        return take();
    }

    /** Whether the socket takes more. */
    public List<AgentEffect> writable(boolean now) {
        writable = now;
        pump();
        return take();
    }

    /** Newest wins: samples that cannot go now are dropped. */
    public List<AgentEffect> samples(Samples samples) {
        if (state instanceof Streaming && writable) {
            send(new Frame(FrameType.SAMPLES, Stream.METRICS, 0, samples));
        }
        return take();
    }

    public List<AgentEffect> tick(long nowMillis) {
        if (state instanceof Closed) {
            return take();
        }
        if (state.greetingOverdue(nowMillis)) {
            close(CloseCode.IDLE, "Expected the handshake within " + Limits.GREETING_MILLIS + " ms.");
        } else if (state instanceof Draining draining
                && (memory.dirty().settled() || nowMillis > draining.untilMillis())) {
            close(CloseCode.DRAINING, "Drained.");
        } else {
            switch (liveness.check(nowMillis)) {
                case PING -> send(Frame.ping(nowMillis));
                case DEAD -> close(CloseCode.IDLE, "Expected a sign of life within " + Limits.DEAD_MILLIS + " ms.");
                case QUIET -> {}
            }
        }
        return take();
    }

    /** Sends what waits, as far as credit and socket go. */
    private void pump() {
        while (state instanceof Streaming
                && writable
                && observedCredit.left()
                && memory.dirty().sendable()) {
            List<Item> items = memory.dirty().take();
            long upTo = items.get(items.size() - 1).getSeq();
            if (snapshotting) {
                sendObserved(FrameType.SNAP_PAGE, upTo, page(items));
            } else {
                sendObserved(
                        FrameType.DELTA,
                        upTo,
                        Delta.newBuilder().addAllItems(items).build());
            }
        }
        if (snapshotting && state instanceof Streaming && memory.snapshotMayEnd()) {
            snapshotting = false;
            SnapEnd end = SnapEnd.newBuilder()
                    .setAsOf(memory.dirty().lastOseq())
                    .setCount(memory.dirty().size())
                    .build();
            sendObserved(FrameType.SNAP_END, end.getAsOf(), end);
        }
    }

    private SnapPage page(List<Item> items) {
        return SnapPage.newBuilder().setPage(snapPages++).addAllItems(items).build();
    }

    private void sendObserved(FrameType type, long seq, MessageLite body) {
        Frame frame = new Frame(type, Stream.OBSERVED, seq, body);
        observedCredit.spend(frame.size());
        send(frame);
    }

    /** The socket is gone. */
    public void closed(CloseCode code) {
        state = state.closed(code);
    }

    private void send(Frame frame) {
        effects.add(new AgentEffect.Send(frame));
    }

    private void close(CloseCode code, String detail) {
        state = state.closed(code);
        effects.add(new AgentEffect.Close(code, detail));
    }

    private List<AgentEffect> take() {
        List<AgentEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
