package dev.berth.tunnel;

import com.google.protobuf.ByteString;
import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.TunnelState.Admitting;
import dev.berth.tunnel.TunnelState.Closed;
import dev.berth.tunnel.TunnelState.Draining;
import dev.berth.tunnel.TunnelState.Greeting;
import dev.berth.tunnel.TunnelState.Streaming;
import dev.berth.tunnel.v1.Ack;
import dev.berth.tunnel.v1.Challenge;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.Hello;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.Ping;
import dev.berth.tunnel.v1.Plan;
import dev.berth.tunnel.v1.Samples;
import dev.berth.tunnel.v1.SnapPage;
import dev.berth.tunnel.v1.Welcome;
import dev.berth.tunnel.v1.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's end of one connection. Each method is told what happened and returns what to do; nothing happens by
 * itself. Not thread-safe.
 */
public final class GatewayEnd {
    private final byte[] nonce;
    private final long pingMillis;
    private final Liveness liveness;
    private final ObservedIntake intake = new ObservedIntake();
    private final DesiredOutflow outflow = new DesiredOutflow();
    private List<GatewayEffect> effects = new ArrayList<>();
    private TunnelState state;
    private @Nullable SignedHello hello;
    private boolean writable = true;
    private int uncommitted;
    private long controlSecond;
    private int controlFrames;

    /** @param nonce fresh random bytes */
    public GatewayEnd(byte[] nonce, long nowMillis, long pingMillis) {
        this.nonce = nonce.clone();
        this.pingMillis = pingMillis;
        this.liveness = new Liveness(nowMillis, pingMillis, Limits.DEAD_MILLIS);
        this.state = new Greeting(nowMillis);
    }

    public TunnelState state() {
        return state;
    }

    /** Whether streams may be opened on this session now: the agent knows how, and it is not leaving. */
    public boolean opensStreams() {
        return state instanceof Streaming
                && hello != null
                && hello.body().getFeaturesList().contains(Limits.FEATURE_STREAMS);
    }

    /** Entries of the desired log that the cluster has not confirmed. */
    public long desiredLag() {
        return outflow.lag();
    }

    /** The socket is open. */
    public List<GatewayEffect> opened(String gatewayId, long nowMillis) {
        send(Frame.control(
                FrameType.CHALLENGE,
                Challenge.newBuilder()
                        .setNonce(ByteString.copyFrom(nonce))
                        .setServerTimeMillis(nowMillis)
                        .setGatewayId(gatewayId)
                        .build()));
        return take();
    }

    public List<GatewayEffect> received(Frame frame, long nowMillis) {
        liveness.heard(nowMillis);
        try {
            if (!(state instanceof Closed)) {
                limitControl(frame, nowMillis);
                dispatch(frame);
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

    private void limitControl(Frame frame, long nowMillis) {
        if (frame.stream() != Stream.CONTROL) {
            return;
        }
        if (nowMillis / 1000 != controlSecond) {
            controlSecond = nowMillis / 1000;
            controlFrames = 0;
        }
        if (++controlFrames > Limits.CONTROL_FRAMES_PER_SECOND) {
            throw new ProtocolViolation(
                    CloseCode.RATE,
                    "Expected at most " + Limits.CONTROL_FRAMES_PER_SECOND + " control frames a second.");
        }
    }

    private void dispatch(Frame frame) {
        if (frame.type() == FrameType.HELLO) {
            hello(frame.body(Hello.class));
            return;
        }
        if (!state.takesObjects()) {
            throw ProtocolViolation.malformed("Expected WELCOME before anything but HELLO.");
        }
        switch (frame.type()) {
            case PING -> send(Frame.pong(frame.body(Ping.class).getId()));
            case PONG, FAILURE, GOAWAY -> {}
            case WINDOW -> window(frame.body(Window.class));
            case ACK -> acked(frame.body(Ack.class));
            case DELTA -> ingest(intake.items(frame, frame.body(Delta.class).getItemsList()));
            case SNAP_BEGIN -> intake.snapBegin(frame);
            case SNAP_PAGE ->
                ingest(intake.items(frame, frame.body(SnapPage.class).getItemsList()));
            case SNAP_END -> ingest(intake.snapEnd(frame));
            case SAMPLES -> samples(frame.body(Samples.class));
            case HELLO, CHALLENGE, WELCOME, OPEN, OPENED, DATA, EOF, CLOSE, RESIZE, CREDIT ->
                throw ProtocolViolation.malformed("Expected no " + frame.type() + " now.");
        }
    }

    private void hello(Hello message) {
        if (!(state instanceof Greeting greeting)) {
            throw ProtocolViolation.malformed("Expected one HELLO, first of all.");
        }
        state = greeting.hello();
        SignedHello read = SignedHello.read(message, nonce);
        hello = read;
        effects.add(new GatewayEffect.Admit(read));
    }

    /** The HELLO is true and a session is open. */
    public List<GatewayEffect> admitted(Admission admission) {
        if (!(state instanceof Admitting admitting) || hello == null) {
            return take();
        }
        state = admitting.welcomed(admission.epoch());
        intake.begin(admission.observedBase());
        outflow.begin(admission, hello.body().getDesired().getDseq());
        send(Frame.control(
                FrameType.WELCOME,
                Welcome.newBuilder()
                        .setEpoch(admission.epoch())
                        .setProto(Limits.PROTO_VERSION)
                        .setStoreId(admission.storeId())
                        .setObservedCommitted(admission.observedCommitted())
                        .setObservedBase(admission.observedBase())
                        .setObservedPlan(plan(admission.observedSnapshot()))
                        .setDesiredPlan(plan(admission.desiredSnapshot()))
                        .addWindows(windowOf(Stream.DESIRED, Limits.DESIRED_WINDOW_BYTES))
                        .addWindows(windowOf(Stream.OBSERVED, Limits.OBSERVED_WINDOW_BYTES))
                        .setPingMillis((int) pingMillis)
                        .setDeadMillis((int) Limits.DEAD_MILLIS)
                        .build()));
        pump();
        return take();
    }

    private static Plan plan(boolean snapshot) {
        return snapshot ? Plan.PLAN_SNAPSHOT : Plan.PLAN_RESUME;
    }

    private static Window windowOf(int stream, int bytes) {
        return Window.newBuilder().setStream(stream).setBytes(bytes).build();
    }

    /** The HELLO is not true, or the cluster may not connect now. */
    public List<GatewayEffect> refused(CloseCode code, String detail) {
        close(code, detail);
        return take();
    }

    private void window(Window window) {
        if (window.getStream() == Stream.DESIRED) {
            outflow.grant(Integer.toUnsignedLong(window.getBytes()));
        }
    }

    private void acked(Ack ack) {
        if (ack.getStream() != Stream.DESIRED) {
            throw ProtocolViolation.malformed("Expected an ACK of the desired stream.");
        }
        outflow.acked(ack.getSeq());
        effects.add(new GatewayEffect.DesiredAcked(ack.getSeq()));
    }

    private void ingest(ObservedBatch batch) {
        uncommitted++;
        effects.add(new GatewayEffect.Ingest(batch));
    }

    private void samples(Samples samples) {
        if (samples.getSamplesCount() > Limits.SAMPLES) {
            throw ProtocolViolation.malformed("Expected at most " + Limits.SAMPLES + " samples in a frame.");
        }
        effects.add(new GatewayEffect.Publish(samples));
    }

    /** The batches, in the order in which they came, are committed: only now they are acknowledged. */
    public List<GatewayEffect> committed(List<ObservedBatch> batches) {
        uncommitted -= batches.size();
        if (state.takesObjects() && !batches.isEmpty()) {
            send(Frame.ack(Stream.OBSERVED, batches.get(batches.size() - 1).upTo()));
            int granted = batches.stream().mapToInt(intake::committed).sum();
            if (granted > 0) {
                send(Frame.window(Stream.OBSERVED, granted));
            }
        }
        return take();
    }

    /** A newer session of the cluster exists; nothing that this one brings counts any more. */
    public List<GatewayEffect> fenced() {
        close(CloseCode.FENCED, "A newer session of this cluster is open.");
        return take();
    }

    /** The desired log has entries up to here. */
    public List<GatewayEffect> grew(long head) {
        outflow.grew(head);
        pump();
        return take();
    }

    /** The page that was asked for; empty: there is no more. */
    public List<GatewayEffect> desiredRead(List<Item> items) {
        outflow.read(items);
        pump();
        return take();
    }

    /** Whether the socket takes more. */
    public List<GatewayEffect> writable(boolean now) {
        writable = now;
        pump();
        return take();
    }

    public List<GatewayEffect> tick(long nowMillis) {
        if (state instanceof Closed) {
            return take();
        }
        if (state.greetingOverdue(nowMillis)) {
            close(CloseCode.IDLE, "Expected the handshake within " + Limits.GREETING_MILLIS + " ms.");
        } else if (state instanceof Draining draining && (uncommitted == 0 || nowMillis > draining.untilMillis())) {
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

    /** Tells the agent to go elsewhere; closes when what it sent is committed, or when the time is up. */
    public List<GatewayEffect> drain(long nowMillis, int withinMillis, int spreadMillis) {
        if (state instanceof Streaming streaming) {
            send(Frame.goAway(CloseCode.DRAINING, spreadMillis));
            state = streaming.drain(nowMillis + withinMillis);
        } else if (!state.takesObjects()) {
            close(CloseCode.DRAINING, "This gateway is stopping.");
        }
        return take();
    }

    /** The socket is gone. */
    public void closed(CloseCode code) {
        state = state.closed(code);
    }

    private void pump() {
        if (!(state instanceof Streaming)) {
            return;
        }
        for (Frame next = writable ? outflow.pull() : null; next != null; next = outflow.pull()) {
            send(next);
        }
        GatewayEffect.ReadDesired read = outflow.next();
        if (read != null) {
            effects.add(read);
        }
    }

    private void send(Frame frame) {
        effects.add(new GatewayEffect.Send(frame));
    }

    private void close(CloseCode code, String detail) {
        if (!(state instanceof Closed)) {
            state = state.closed(code);
            effects.add(new GatewayEffect.Close(code, detail));
        }
    }

    private List<GatewayEffect> take() {
        List<GatewayEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
