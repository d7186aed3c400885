package dev.berth.gateway;

import static dev.berth.gateway.GatewayBed.eventually;
import static dev.berth.gateway.ScriptedAgent.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.gateway.ScriptedAgent.Closed;
import dev.berth.schema.SharedDatabase;
import dev.berth.schema.Tenancy;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.v1.Ack;
import dev.berth.tunnel.v1.SnapEnd;
import dev.berth.tunnel.v1.Welcome;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One session of a cluster counts, and what it brings is acknowledged when it is committed. */
class SessionsIT {
    private Stage stage;
    private Tenancy tenancy;

    @BeforeEach
    void begin() throws Exception {
        stage = Stage.set();
        tenancy = stage.tenancy;
    }

    @AfterEach
    void end() throws Exception {
        try (Stage ended = stage) {
            ended.theLogIsCalm();
        }
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsCommitted() throws Exception {
        ScriptedAgent peer = stage.joined();
        try (Connection lock = SharedDatabase.admin()) {
            lock.setAutoCommit(false);
            SharedDatabase.column(
                    lock, "SELECT oseq FROM session_cursor WHERE cluster_id = ? FOR UPDATE", tenancy.cluster());
            peer.snapBegin();
            peer.page(item("Node", "u1", 1, "{\"name\":\"n1\"}"));
            eventually(() -> assertThat(
                            tenancy.one(
                                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'berth_gateway'"))
                    .isEqualTo("1"));
            peer.send(Frame.ping(1));
            assertThat(peer.next(FrameType.PONG)).isNotNull();
            assertThat(peer.silent()).isTrue();
            lock.rollback();
        }
        Ack ack = peer.next(FrameType.ACK).body(Ack.class);
        assertThat(ack.getStream()).isEqualTo(2);
        assertThat(ack.getSeq()).isEqualTo(1);
        assertThat(tenancy.one("SELECT name FROM nodes WHERE cluster_id = ?", tenancy.cluster()))
                .isEqualTo("n1");
    }

    @Test
    void aNewerSessionFencesTheOlder() throws Exception {
        ScriptedAgent older = stage.joined();
        ScriptedAgent newer = stage.stranger();
        Welcome welcome = newer.join(stage.cluster(), stage.key);
        assertThat(welcome.getEpoch()).isEqualTo(2);
        assertThat(older.closed()).isEqualTo(new Closed(4002, "A newer session of this cluster is open."));

        newer.snapBegin();
        newer.page(item("Node", "u1", welcome.getObservedBase() + 1, "{\"name\":\"n1\"}"));
        newer.next(FrameType.ACK);
        assertThat(tenancy.one("SELECT state FROM clusters WHERE id = ?", tenancy.cluster()))
                .isEqualTo("Connected");
    }

    @Test
    void aSessionThatWasOvertakenAtAnotherGatewayStoresNothing() throws Exception {
        ScriptedAgent peer = stage.joined();
        tenancy.ask(
                "UPDATE cluster_session SET epoch = epoch + 1 WHERE cluster_id = ? RETURNING epoch", tenancy.cluster());
        peer.snapBegin();
        peer.page(item("Node", "u1", 1, "{\"name\":\"n1\"}"));
        assertThat(peer.closeCode()).isEqualTo(4002);
        stage.nothingIsStored();
    }

    @Test
    void clustersOfOneTenantThatWaitTogetherAreAllCommittedAndAFencedOneIsLeftOut() throws Exception {
        List<Tenancy> clusters = List.of(tenancy, tenancy.sibling(), tenancy.sibling(), tenancy.sibling());
        List<ScriptedAgent> peers = new ArrayList<>(List.of(stage.joined()));
        for (Tenancy sibling : clusters.subList(1, 4)) {
            peers.add(stage.joined(sibling));
        }
        try (Connection lock = SharedDatabase.admin()) {
            lock.setAutoCommit(false);
            SharedDatabase.column(lock, "SELECT id FROM tenants WHERE id = ? FOR UPDATE", tenancy.tenant());
            for (ScriptedAgent peer : peers) {
                peer.snapBegin();
                peer.page(item("Node", "u1", 1, "{\"name\":\"n1\"}"));
                // The first is on its way before the others come.
                eventually(() -> assertThat(tenancy.one("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE wait_event_type = 'Lock' AND usename = 'berth_gateway'"))
                        .isEqualTo("1"));
                peer.send(Frame.ping(1));
                assertThat(peer.next(FrameType.PONG)).isNotNull();
            }
            tenancy.ask(
                    "UPDATE cluster_session SET epoch = epoch + 1 WHERE cluster_id = ? RETURNING epoch",
                    clusters.get(2).cluster());
            lock.rollback();
        }
        for (int i : new int[] {0, 1, 3}) {
            assertThat(peers.get(i).next(FrameType.ACK).body(Ack.class).getSeq())
                    .isEqualTo(1);
        }
        assertThat(peers.get(2).closeCode()).isEqualTo(4002);
        assertThat(tenancy.one("SELECT count(*) FROM nodes WHERE tenant_id = ?", tenancy.tenant()))
                .isEqualTo("3");
    }

    @Test
    void aForeignObjectInAReportIsNotTouched() throws Exception {
        try (Connection db = SharedDatabase.admin()) {
            Tenancy other = Tenancy.create(db);
            UUID foreign = other.submit("secret");
            ScriptedAgent peer = stage.joined();
            peer.snapBegin();
            peer.page(item("Workload", foreign.toString(), 1, "{\"status\":{\"phase\":\"Failed\"}}"));
            peer.send(new Frame(
                    FrameType.SNAP_END, 2, 1, SnapEnd.newBuilder().setAsOf(1).build()));
            peer.next(FrameType.ACK);
            assertThat(other.one("SELECT phase FROM workloads WHERE id = ?", foreign))
                    .isEqualTo("Queued");
        }
    }

    @Test
    void cutTunnelsEndWithoutAWordAndTheClusterShowsAsDisconnected() throws Exception {
        ScriptedAgent peer = stage.joined();
        assertThat(stage.bed.tunnels().size()).isEqualTo(1);
        stage.bed.tunnels().cutAll();
        assertThat(peer.closeCode()).isEqualTo(ScriptedAgent.ABRUPT);
        eventually(() -> assertThat(tenancy.one("SELECT state FROM clusters WHERE id = ?", tenancy.cluster()))
                .isEqualTo("Disconnected"));
        assertThat(stage.bed.tunnels().size()).isZero();
        stage.gatewayServes();
    }
}
