package dev.berth.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.berth.model.ClusterId;
import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.v1.Ack;
import dev.berth.tunnel.v1.Challenge;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.HelloBody;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.Plan;
import dev.berth.tunnel.v1.Samples;
import dev.berth.tunnel.v1.SnapEnd;
import dev.berth.tunnel.v1.Welcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each end alone: what it does in each state, and what it refuses. */
class EndsTest {
    private static final byte[] NONCE = new byte[Limits.NONCE_BYTES];
    private final ClusterKey key = ClusterKey.generate();
    private final AgentIdentity identity =
            new AgentIdentity(new ClusterId("c"), key, "h", "i", new AgentIdentity.Platform("1", "", ""));
    private final AgentMemory memory = new AgentMemory("life", DesiredCursor.NONE);
    private final AgentEnd agent = new AgentEnd(identity, memory, 0, 15_000);
    private final GatewayEnd gateway = new GatewayEnd(NONCE, 0, 15_000);

    @Test
    void theAgentAnswersAChallengeWithASignedHello() {
        Frame hello = sent(agent.received(challenge(NONCE), 0)).get(0);
        gateway.opened("g", 0);
        List<GatewayEffect> effects = gateway.received(hello, 0);
        GatewayEffect.Admit admit = (GatewayEffect.Admit) effects.get(0);
        assertThat(admit.hello().signedBy(key.publicKey())).isTrue();
        assertThat(admit.hello().signedBy(ClusterKey.generate().publicKey())).isFalse();
        HelloBody body = admit.hello().body();
        assertThat(body.getHost()).isEqualTo("h");
        assertThat(body.getObserved().getIncarnation()).isEqualTo("life");
    }

    @Test
    void theAgentRefusesWhatComesOutOfTurn() {
        assertThat(closed(agent.received(welcome(1), 0))).isEqualTo(CloseCode.PROTOCOL);
        assertThat(closed(fresh().received(desired(1, 1), 0))).isEqualTo(CloseCode.PROTOCOL);
        assertThat(closed(fresh().received(Frame.ack(2, 0), 0))).isEqualTo(CloseCode.PROTOCOL);
        assertThat(closed(fresh().received(challenge(new byte[8]), 0))).isEqualTo(CloseCode.PROTOCOL);
        AgentEnd twice = fresh();
        twice.received(challenge(NONCE), 0);
        assertThat(closed(twice.received(challenge(NONCE), 0))).isEqualTo(CloseCode.PROTOCOL);
        AgentEnd other = fresh();
        other.received(challenge(NONCE), 0);
        assertThat(closed(other.received(welcome(2), 0))).isEqualTo(CloseCode.VERSION);
    }

    @Test
    void nothingMovesAClosedEnd() {
        agent.received(welcome(1), 0);
        assertThat(agent.received(challenge(NONCE), 0)).isEmpty();
        assertThat(agent.tick(1_000_000)).isEmpty();
        gateway.fenced();
        assertThat(gateway.fenced()).isEmpty();
        assertThat(gateway.received(Frame.ping(1), 0)).isEmpty();
    }

    @Test
    void theGatewayRefusesEverythingBeforeAHello() {
        for (Frame early : List.of(
                Frame.ping(1),
                Frame.ack(1, 0),
                Frame.window(1, 1),
                observed(1, "a"),
                new Frame(FrameType.SAMPLES, Stream.METRICS, 0, Samples.getDefaultInstance()))) {
            GatewayEnd stranger = new GatewayEnd(NONCE, 0, 15_000);
            assertThat(gatewayClosed(stranger.received(early, 0))).isEqualTo(CloseCode.PROTOCOL);
        }
    }

    @Test
    void aHandshakeThatDragsOnIsEnded() {
        assertThat(gatewayClosed(gateway.tick(5_001))).isEqualTo(CloseCode.IDLE);
        assertThat(closed(agent.tick(5_001))).isEqualTo(CloseCode.IDLE);
    }

    @Test
    void aQuietPeerIsPingedAndADeadOneGivenUp() {
        open(false);
        assertThat(gatewaySent(gateway.tick(16_000))).extracting(Frame::type).containsExactly(FrameType.PING);
        assertThat(gateway.tick(17_000)).isEmpty();
        gateway.received(Frame.pong(1), 44_000);
        assertThat(gatewaySent(gateway.tick(46_000))).hasSize(1);
        assertThat(gatewayClosed(gateway.tick(89_001))).isEqualTo(CloseCode.IDLE);
    }

    @Test
    void observedObjectsAreAcknowledgedWhenTheyAreCommittedAndNotBefore() {
        open(false);
        List<GatewayEffect> effects = gateway.received(observed(1, "a"), 0);
        assertThat(gatewaySent(effects)).isEmpty();
        ObservedBatch batch = ((GatewayEffect.Ingest) effects.get(0)).batch();
        List<Frame> frames = gatewaySent(gateway.committed(List.of(batch)));
        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).body(Ack.class).getSeq()).isEqualTo(1);
    }

    @Test
    void creditComesBackWithTheCommit() {
        open(false);
        String large = "x".repeat(50_000);
        int sentBytes = 0;
        for (int i = 1; i <= 6; i++) {
            Frame frame = observed(i, large);
            sentBytes += frame.size();
            ObservedBatch batch =
                    ((GatewayEffect.Ingest) gateway.received(frame, 0).get(0)).batch();
            List<Frame> frames = gatewaySent(gateway.committed(List.of(batch)));
            assertThat(frames).hasSize(i < 6 ? 1 : 2);
        }
        assertThat(sentBytes).isGreaterThan(Limits.OBSERVED_WINDOW_BYTES / 4);
    }

    @Test
    void aSenderWithoutCreditWaits() {
        openAgent(Plan.PLAN_RESUME, 0);
        for (int i = 0; i < 40; i++) {
            memory.dirty().changed(new ObjectRef("Node", "n" + i), new byte[50_000]);
        }
        long bytes = sent(agent.changed()).stream().mapToLong(Frame::size).sum();
        assertThat(bytes).isBetween((long) Limits.OBSERVED_WINDOW_BYTES, Limits.OBSERVED_WINDOW_BYTES + 60_000L);
        assertThat(agent.changed()).isEmpty();
        assertThat(sent(agent.received(Frame.window(Stream.OBSERVED, 100_000), 0)))
                .isNotEmpty();
    }

    @Test
    void aFullSocketStopsTheSenderUntilItDrains() {
        openAgent(Plan.PLAN_RESUME, 0);
        agent.writable(false);
        memory.dirty().changed(new ObjectRef("Node", "n"), new byte[1]);
        assertThat(agent.changed()).isEmpty();
        assertThat(agent.samples(Samples.getDefaultInstance())).isEmpty();
        assertThat(sent(agent.writable(true))).hasSize(1);
    }

    @Test
    void aSnapshotEndsWhenAllIsListedAndSent() {
        memory.dirty().changed(new ObjectRef("Node", "n"), new byte[1]);
        List<Frame> first = openAgent(Plan.PLAN_SNAPSHOT, 10);
        assertThat(first).extracting(Frame::type).containsExactly(FrameType.SNAP_BEGIN, FrameType.SNAP_PAGE);
        memory.listed();
        List<Frame> end = sent(agent.changed());
        assertThat(end).extracting(Frame::type).containsExactly(FrameType.SNAP_END);
        assertThat(end.get(0).body(SnapEnd.class).getAsOf()).isEqualTo(11);
    }

    @Test
    void aStoreThatForgotMakesTheAgentListAgain() {
        memory.dirty().changed(new ObjectRef("Node", "n"), new byte[1]);
        memory.dirty().take();
        memory.dirty().acked(1);
        agent.received(challenge(NONCE), 0);
        Welcome welcome = Welcome.newBuilder()
                .setProto(1)
                .setObservedPlan(Plan.PLAN_SNAPSHOT)
                .build();
        List<AgentEffect> effects = agent.received(Frame.control(FrameType.WELCOME, welcome), 0);
        assertThat(effects).contains(new AgentEffect.Relist());
        assertThat(closed(effects)).isEqualTo(CloseCode.STORE_ROLLBACK);
        assertThat(memory.incarnation()).isEqualTo("life.1");
        assertThat(memory.dirty().size()).isZero();
    }

    @Test
    void desiredPagesAreReadOneAheadAndEndWithTheLog() {
        List<GatewayEffect> opened = open(false);
        assertThat(opened).contains(new GatewayEffect.ReadDesired(0, false));
        assertThat(gateway.grew(3)).isEmpty();
        List<GatewayEffect> read = gateway.desiredRead(List.of(item("Workload", "a", 2, "{}")));
        assertThat(gatewaySent(read)).extracting(Frame::seq).containsExactly(2L);
        assertThat(read).contains(new GatewayEffect.ReadDesired(2, false));
        gateway.desiredRead(List.of(item("Workload", "b", 3, "{}")));
        assertThat(gateway.grew(3)).isEmpty();
        assertThat(gateway.grew(4)).containsExactly(new GatewayEffect.ReadDesired(3, false));
    }

    @Test
    void whatAPageHeldBeyondTheHeadLastToldMayBeAcknowledged() {
        open(false);
        gateway.grew(3);
        gateway.desiredRead(List.of(item("Workload", "a", 3, "{}"), item("Workload", "b", 5, "{}")));
        Frame ack = Frame.ack(Stream.DESIRED, 5);
        assertThat(gateway.received(ack, 0)).containsExactly(new GatewayEffect.DesiredAcked(5));
    }

    @Test
    void aDesiredSnapshotGoesOnFromWhereItBegan() {
        List<GatewayEffect> opened = open(true);
        assertThat(gatewaySent(opened))
                .extracting(Frame::type)
                .containsExactly(FrameType.WELCOME, FrameType.SNAP_BEGIN);
        gateway.grew(9);
        gateway.desiredRead(List.of(item("Workload", "a", 2, "{}")));
        List<GatewayEffect> end = gateway.desiredRead(List.of());
        assertThat(gatewaySent(end)).extracting(Frame::type).containsExactly(FrameType.SNAP_END);
        assertThat(gatewaySent(end).get(0).seq()).isEqualTo(2);
        assertThat(end).contains(new GatewayEffect.ReadDesired(2, false));
    }

    @Test
    void aDrainingGatewayWaitsForItsCommitsAndNoLonger() {
        open(false);
        ObservedBatch batch =
                ((GatewayEffect.Ingest) gateway.received(observed(1, "a"), 0).get(0)).batch();
        assertThat(gatewaySent(gateway.drain(0, 1_000, 50)))
                .extracting(Frame::type)
                .containsExactly(FrameType.GOAWAY);
        assertThat(gateway.tick(500)).isEmpty();
        assertThat(gatewaySent(gateway.committed(List.of(batch)))).hasSize(1);
        assertThat(gatewayClosed(gateway.tick(600))).isEqualTo(CloseCode.DRAINING);
    }

    @Test
    void theCursorOfASnapshotIsValidWhenItIsComplete() {
        memory.applied(new DesiredBatch(DesiredBatch.Part.SNAP_BEGIN, "s", List.of(), 0, 0));
        memory.applied(new DesiredBatch(DesiredBatch.Part.SNAP_PAGE, "s", List.of(), 0, 0));
        memory.applied(new DesiredBatch(DesiredBatch.Part.DELTA, "s", List.of(), 9, 0));
        assertThat(memory.cursor()).isEqualTo(DesiredCursor.NONE);
        memory.applied(new DesiredBatch(DesiredBatch.Part.SNAP_END, "s", List.of(), 5, 0));
        memory.applied(new DesiredBatch(DesiredBatch.Part.DELTA, "s", List.of(), 7, 0));
        memory.applied(new DesiredBatch(DesiredBatch.Part.DELTA, "other", List.of(), 8, 0));
        assertThat(memory.cursor()).isEqualTo(new DesiredCursor("s", 7));
    }

    private List<GatewayEffect> open(boolean desiredSnapshot) {
        Frame hello = sent(agent.received(challenge(NONCE), 0)).get(0);
        gateway.received(hello, 0);
        return gateway.admitted(new Admission(1, "s", 2, 0, 0, false, desiredSnapshot));
    }

    private List<Frame> openAgent(Plan plan, long base) {
        agent.received(challenge(NONCE), 0);
        Welcome welcome = Welcome.newBuilder()
                .setProto(1)
                .setEpoch(1)
                .setObservedPlan(plan)
                .setObservedBase(base)
                .build();
        return sent(agent.received(Frame.control(FrameType.WELCOME, welcome), 0));
    }

    private AgentEnd fresh() {
        return new AgentEnd(identity, memory, 0, 15_000);
    }

    private static Frame challenge(byte[] nonce) {
        return Frame.control(
                FrameType.CHALLENGE,
                Challenge.newBuilder().setNonce(ByteString.copyFrom(nonce)).build());
    }

    private static Frame welcome(int proto) {
        MessageLite welcome = Welcome.newBuilder().setProto(proto).build();
        return Frame.control(FrameType.WELCOME, welcome);
    }

    private static Frame desired(long seq, int count) {
        Delta.Builder delta = Delta.newBuilder();
        for (int i = 0; i < count; i++) {
            delta.addItems(item("Workload", "w" + i, seq, "{}"));
        }
        return new Frame(FrameType.DELTA, Stream.DESIRED, seq, delta.build());
    }

    private static Frame observed(long seq, String text) {
        Delta delta =
                Delta.newBuilder().addItems(item("Node", "n" + seq, seq, text)).build();
        return new Frame(FrameType.DELTA, Stream.OBSERVED, seq, delta);
    }

    private static Item item(String kind, String uid, long seq, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return Item.newBuilder()
                .setKind(kind)
                .setUid(uid)
                .setSeq(seq)
                .setHash(ByteString.copyFrom(Digests.bodyHash(body)))
                .setBody(ByteString.copyFrom(body))
                .build();
    }

    private static List<Frame> sent(List<AgentEffect> effects) {
        return effects.stream()
                .filter(AgentEffect.Send.class::isInstance)
                .map(effect -> ((AgentEffect.Send) effect).frame())
                .toList();
    }

    private static List<Frame> gatewaySent(List<GatewayEffect> effects) {
        return effects.stream()
                .filter(GatewayEffect.Send.class::isInstance)
                .map(effect -> ((GatewayEffect.Send) effect).frame())
                .toList();
    }

    private static CloseCode closed(List<AgentEffect> effects) {
        return effects.stream()
                .filter(AgentEffect.Close.class::isInstance)
                .map(effect -> ((AgentEffect.Close) effect).code())
                .findFirst()
                .orElse(CloseCode.NORMAL);
    }

    private static CloseCode gatewayClosed(List<GatewayEffect> effects) {
        return effects.stream()
                .filter(GatewayEffect.Close.class::isInstance)
                .map(effect -> ((GatewayEffect.Close) effect).code())
                .findFirst()
                .orElse(CloseCode.NORMAL);
    }
}
