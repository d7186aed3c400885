package dev.berth.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.berth.model.ClusterId;
import dev.berth.tunnel.DesiredBatch.Part;
import dev.berth.tunnel.FrameType.Sender;
import dev.berth.tunnel.v1.HelloBody;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Both ends, a link that delivers in order until it is cut, a store and a cluster, all in one thread and by one seed. Every
 * frame goes through its bytes. What must hold at every step is asserted where it happens.
 */
final class SimulatedTunnel {
    private static final ClusterKey KEY = ClusterKey.generate();
    private static final byte[] NONCE = new byte[Limits.NONCE_BYTES];

    /** What the store holds of one object of the cluster. */
    private record Stored(long oseq, String body, boolean deleted) {}

    /** One entry of the desired log, and what the cluster holds of an object. */
    private record Entry(String uid, long dseq, String body, boolean deleted, String storeId) {}

    /** The store as it was. */
    private record Backup(
            Map<ObjectRef, Stored> observed, List<Entry> log, long oseq, String incarnation, long snapshotFrom) {}

    private final Random random;
    private final Map<String, String> nodes = new TreeMap<>();
    private final Map<ObjectRef, Stored> observed = new HashMap<>();
    private final List<Entry> log = new ArrayList<>();
    private final Map<String, Entry> applied = new TreeMap<>();
    private final Set<String> named = new HashSet<>();
    private Backup backup = new Backup(Map.of(), List.of(), 0, "", -1);
    private String storeId = "store-1";
    private long epoch;
    private long oseq;
    private String incarnation = "";
    private long snapshotFrom = -1;
    private int lives;
    private int versions;
    private AgentMemory memory;
    private AgentEnd agent;
    private GatewayEnd gateway;
    private FrameCodec fromAgent;
    private FrameCodec fromGateway;
    private long sessionEpoch;
    private final ArrayDeque<byte[]> up = new ArrayDeque<>();
    private final ArrayDeque<byte[]> down = new ArrayDeque<>();
    private final ArrayDeque<ObservedBatch> ingest = new ArrayDeque<>();
    private final ArrayDeque<DesiredBatch> toApply = new ArrayDeque<>();
    private GatewayEffect.ReadDesired read;
    private boolean relist;
    private boolean rolledBack;
    int cuts;
    int snapshots;

    SimulatedTunnel(long seed) {
        random = new Random(seed);
        reborn(DesiredCursor.NONE);
        connect();
    }

    void step() {
        switch (random.nextInt(16)) {
            case 0, 1 -> changeNode();
            case 2 -> removeNode();
            case 3, 4 -> desire();
            case 5 -> undesire();
            case 6, 7, 8 -> deliverUp();
            case 9, 10 -> deliverDown();
            case 11 -> commit();
            case 12 -> answerRead();
            case 13 -> apply();
            case 14 -> ring();
            default -> rarely();
        }
    }

    private void rarely() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4, 5 -> cut();
            case 6 -> {
                cut();
                reborn(random.nextBoolean() ? memory.cursor() : DesiredCursor.NONE);
                connect();
            }
            case 7 -> restoreStore();
            case 8, 9 -> backup = new Backup(Map.copyOf(observed), List.copyOf(log), oseq, incarnation, snapshotFrom);
            default -> perform(agent.acknowledge());
        }
    }

    /** Lets everything that is under way arrive. */
    void settle() {
        for (int i = 0; i < 20_000 && !quiet(); i++) {
            ring();
            deliverUp();
            deliverDown();
            commit();
            answerRead();
            apply();
            perform(agent.acknowledge());
            perform(agent.changed());
        }
        assertThat(quiet()).as("everything arrives").isTrue();
    }

    private boolean quiet() {
        return up.isEmpty()
                && down.isEmpty()
                && ingest.isEmpty()
                && toApply.isEmpty()
                && read == null
                && !relist
                && agent.state() instanceof TunnelState.Streaming
                && memory.dirty().settled()
                && snapshotFrom < 0
                && memory.cursor().equals(new DesiredCursor(storeId, log.size()));
    }

    void assertConverged() {
        Map<String, String> stored = new TreeMap<>();
        observed.forEach((ref, object) -> {
            if (!object.deleted) {
                stored.put(ref.uid(), object.body);
            }
        });
        assertThat(stored).isEqualTo(nodes);
        Map<String, String> wanted = new TreeMap<>();
        for (Entry entry : log) {
            if (entry.deleted) {
                wanted.remove(entry.uid);
            } else {
                wanted.put(entry.uid, entry.body);
            }
        }
        Map<String, String> held = new TreeMap<>();
        applied.forEach((uid, entry) -> held.put(uid, entry.body));
        assertThat(held).isEqualTo(wanted);
        assertThat(memory.dirty().objects()).hasSize(nodes.size());
    }

    private void changeNode() {
        String uid = "n" + random.nextInt(20);
        String body = "v" + versions++;
        nodes.put(uid, body);
        memory.dirty().changed(new ObjectRef("Node", uid), body.getBytes(StandardCharsets.UTF_8));
        perform(agent.changed());
    }

    private void removeNode() {
        String uid = "n" + random.nextInt(20);
        if (nodes.remove(uid) != null) {
            memory.dirty().deleted(new ObjectRef("Node", uid));
            perform(agent.changed());
        }
    }

    private void desire() {
        log.add(new Entry("w" + random.nextInt(20), log.size() + 1L, "d" + versions++, false, storeId));
    }

    private void undesire() {
        log.add(new Entry("w" + random.nextInt(20), log.size() + 1L, "", true, storeId));
    }

    private void ring() {
        perform2(gateway.grew(log.size()));
    }

    private void cut() {
        cuts++;
        agent.closed(CloseCode.NORMAL);
        gateway.closed(CloseCode.NORMAL);
        // Some of what was sent may be committed without anybody hearing of it.
        if (random.nextBoolean()) {
            commit();
        }
        connect();
    }

    private void connect() {
        up.clear();
        down.clear();
        ingest.clear();
        toApply.clear();
        read = null;
        fromAgent = new FrameCodec(Sender.AGENT);
        fromGateway = new FrameCodec(Sender.GATEWAY);
        fromAgent.greeted();
        fromGateway.greeted();
        AgentIdentity identity =
                new AgentIdentity(new ClusterId("c"), KEY, "h", "i", new AgentIdentity.Platform("1", "", ""));
        agent = new AgentEnd(identity, memory, 0, 15_000);
        gateway = new GatewayEnd(NONCE, 0, 15_000);
        perform2(gateway.opened("g", 0));
    }

    private void reborn(DesiredCursor cursor) {
        memory = new AgentMemory("life-" + lives++, cursor);
        list();
    }

    private void list() {
        relist = false;
        nodes.forEach((uid, body) ->
                memory.dirty().changed(new ObjectRef("Node", uid), body.getBytes(StandardCharsets.UTF_8)));
        memory.listed();
    }

    /** The store is set back to its backup. The log gets another name, since its numbers will be given out again. */
    private void restoreStore() {
        cut();
        observed.clear();
        observed.putAll(backup.observed);
        log.clear();
        log.addAll(backup.log);
        oseq = backup.oseq;
        incarnation = backup.incarnation;
        snapshotFrom = backup.snapshotFrom;
        storeId = "store-" + versions++;
        connect();
    }

    private void deliverUp() {
        byte[] message = up.poll();
        if (message != null) {
            Frame frame = fromAgent.decode(message);
            if (frame != null) {
                perform2(gateway.received(frame, 0));
            }
        }
    }

    private void deliverDown() {
        byte[] message = down.poll();
        if (message != null) {
            Frame frame = fromGateway.decode(message);
            if (frame != null) {
                perform(agent.received(frame, 0));
            }
        }
        if (rolledBack) {
            rolledBack = false;
            cut();
        }
        if (relist) {
            list();
            perform(agent.changed());
        }
    }

    private void commit() {
        ObservedBatch batch = ingest.poll();
        if (batch == null || sessionEpoch != epoch) {
            return;
        }
        for (Item item : batch.items()) {
            ObjectRef ref = new ObjectRef(item.getKind(), item.getUid());
            Stored before = observed.get(ref);
            if (before == null || before.oseq < item.getSeq()) {
                observed.put(ref, new Stored(item.getSeq(), item.getBody().toStringUtf8(), item.getDeleted()));
            }
        }
        oseq = Math.max(oseq, batch.upTo());
        if (batch.endsSnapshot()) {
            observed.replaceAll(
                    (ref, object) -> object.oseq < snapshotFrom ? new Stored(batch.upTo(), "", true) : object);
            snapshotFrom = -1;
            snapshots++;
        }
        perform2(gateway.committed(List.of(batch)));
    }

    private void answerRead() {
        GatewayEffect.ReadDesired asked = read;
        if (asked == null) {
            return;
        }
        read = null;
        Map<String, Entry> newest = new HashMap<>();
        log.forEach(entry -> newest.put(entry.uid, entry));
        List<Item> page = newest.values().stream()
                .filter(entry -> entry.dseq > asked.after() && !(asked.liveOnly() && entry.deleted))
                .sorted((a, b) -> Long.compare(a.dseq, b.dseq))
                .limit(3)
                .map(entry -> Item.newBuilder()
                        .setKind("Workload")
                        .setUid(entry.uid)
                        .setSeq(entry.dseq)
                        .setBody(ByteString.copyFromUtf8(entry.body))
                        .setDeleted(entry.deleted)
                        .build())
                .toList();
        perform2(gateway.desiredRead(page));
    }

    private void apply() {
        DesiredBatch batch = toApply.poll();
        if (batch == null) {
            return;
        }
        if (batch.part() == Part.SNAP_BEGIN) {
            named.clear();
        }
        for (Item item : batch.items()) {
            named.add(item.getUid());
            Entry before = applied.get(item.getUid());
            if (before != null && before.storeId.equals(batch.storeId()) && before.dseq >= item.getSeq()) {
                continue;
            }
            if (item.getDeleted()) {
                applied.remove(item.getUid());
            } else {
                applied.put(
                        item.getUid(),
                        new Entry(item.getUid(), item.getSeq(), item.getBody().toStringUtf8(), false, batch.storeId()));
            }
        }
        if (batch.part() == Part.SNAP_END) {
            applied.keySet().retainAll(named);
        }
        memory.applied(batch);
        perform(agent.applied(batch));
    }

    private void admit(HelloBody hello) {
        epoch++;
        sessionEpoch = epoch;
        boolean same = incarnation.equals(hello.getObserved().getIncarnation());
        if (!same || oseq < hello.getObserved().getAcked()) {
            snapshotFrom = oseq + 1;
            incarnation = hello.getObserved().getIncarnation();
        }
        boolean desiredSnapshot = !storeId.equals(hello.getDesired().getStoreId());
        perform2(gateway.admitted(
                new Admission(epoch, storeId, log.size(), same ? oseq : 0, oseq, snapshotFrom >= 0, desiredSnapshot)));
    }

    private void perform(List<AgentEffect> effects) {
        effects.forEach(effect -> effect.perform(agentShell));
    }

    private void perform2(List<GatewayEffect> effects) {
        effects.forEach(effect -> effect.perform(gatewayShell));
    }

    private final AgentEffect.Performer agentShell = new AgentEffect.Performer() {
        @Override
        public void send(Frame frame) {
            up.addAll(FrameCodec.encode(frame));
        }

        @Override
        public void apply(DesiredBatch batch) {
            toApply.add(batch);
        }

        @Override
        public void relist() {
            relist = true;
        }

        @Override
        public void welcomed(long welcomed) {
            assertThat(welcomed).isEqualTo(epoch);
        }

        @Override
        public void goneAway(int spreadMillis) {}

        @Override
        public void close(CloseCode code, String detail) {
            assertThat(code).as(detail).isEqualTo(CloseCode.STORE_ROLLBACK);
            rolledBack = true;
        }
    };

    private final GatewayEffect.Performer gatewayShell = new GatewayEffect.Performer() {
        @Override
        public void send(Frame frame) {
            down.addAll(FrameCodec.encode(frame));
        }

        @Override
        public void admit(SignedHello hello) {
            assertThat(hello.signedBy(KEY.publicKey())).isTrue();
            SimulatedTunnel.this.admit(hello.body());
        }

        @Override
        public void readDesired(long after, boolean liveOnly) {
            assertThat(read).as("one page at a time").isNull();
            read = new GatewayEffect.ReadDesired(after, liveOnly);
        }

        @Override
        public void ingest(ObservedBatch batch) {
            ingest.add(batch);
        }

        @Override
        public void desiredAcked(long dseq) {
            assertThat(dseq)
                    .as("an acknowledgement of what is applied")
                    .isLessThanOrEqualTo(memory.cursor().dseq());
        }

        @Override
        public void publish(Samples samples) {}

        @Override
        public void close(CloseCode code, String detail) {
            throw new AssertionError("The gateway closed with " + code + ": " + detail);
        }
    };
}
