package dev.berth.agent;

import static dev.berth.agent.ScriptedAgent.delta;
import static dev.berth.agent.ScriptedAgent.item;
import static dev.berth.agent.World.eventually;
import static dev.berth.agent.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.berth.agent.Store.Tenancy;
import dev.berth.model.ClusterId;
import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.JoinToken;
import dev.berth.tunnel.SigningBytes;
import dev.berth.tunnel.v1.Ack;
import dev.berth.tunnel.v1.HelloBody;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.Samples;
import dev.berth.tunnel.v1.SnapEnd;
import dev.berth.tunnel.v1.Welcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that lie, babble, come twice or come late, against a gateway that has to stay up and keep its promises. */
class HostilePeerIT {
    private final ClusterKey key = ClusterKey.generate();
    private Connection db;
    private Tenancy tenancy;
    private World world;
    private int port;

    @BeforeEach
    void begin() throws Exception {
        db = Store.admin();
        tenancy = Tenancy.create(db);
        world = new World();
        port = world.startGateway(0);
    }

    @AfterEach
    void end() throws Exception {
        world.close();
        db.close();
    }

    @Test
    void aTokenIsForOneKeyAndAnswersThatKeyAgain() throws Exception {
        JoinToken token = tenancy.token("1 hour");
        assertThat(enrol(token, key).getInteger("status", 200)).isEqualTo(200);
        assertThat(enrol(token, key).getString("keyId")).isEqualTo(key.id());
        JsonObject other = enrol(token, ClusterKey.generate());
        assertThat(other.getInteger("status")).isEqualTo(409);
        assertThat(other.encode()).doesNotContain(token.secret());
        assertThat(world.counter("berth_gateway_token_conflicts_total")).isEqualTo(1);
    }

    @Test
    void tokensThatAreExpiredForeignOrMalformedAreRefused() throws Exception {
        assertThat(enrol(tenancy.token("-1 second"), key).getInteger("status")).isEqualTo(401);
        JoinToken token = tenancy.token("1 hour");
        JoinToken foreign = new JoinToken(new ClusterId(UUID.randomUUID().toString()), token.secret(), "none");
        assertThat(enrol(foreign, key).getInteger("status")).isEqualTo(401);
        JsonObject unproven = body(token, key).put("sig", Base64.getEncoder().encodeToString(new byte[64]));
        assertThat(post(unproven.toBuffer()).getInteger("status")).isEqualTo(401);
        for (String text : new String[] {"", "{", "[]", "null", "{\"token\":7}", "{\"token\":\"bt1.x\"}"}) {
            assertThat(post(Buffer.buffer(text)).getInteger("status")).isEqualTo(400);
        }
        assertThat(post(Buffer.buffer(new byte[100_000])).getInteger("status")).isEqualTo(413);
        assertThat(enrol(token, key).getInteger("status", 200)).isEqualTo(200);
    }

    @Test
    void aHelloThatProvesNothingIsClosedWith4001() throws Exception {
        joined().close();
        // Signed by another key.
        ScriptedAgent wrongKey = ScriptedAgent.dial(world.vertx, port);
        wrongKey.send(ScriptedAgent.hello(wrongKey.challenge(), hello().build(), ClusterKey.generate()));
        assertThat(wrongKey.closeCode()).isEqualTo(4001);
        // Recorded on another connection.
        ScriptedAgent replay = ScriptedAgent.dial(world.vertx, port);
        replay.challenge();
        replay.send(ScriptedAgent.hello(new byte[32], hello().build(), key));
        assertThat(replay.closeCode()).isEqualTo(4001);
        // Meant for another host.
        ScriptedAgent relayed = ScriptedAgent.dial(world.vertx, port);
        relayed.send(ScriptedAgent.hello(
                relayed.challenge(), hello().setHost("evil.example").build(), key));
        assertThat(relayed.closeCode()).isEqualTo(4001);
        // Of a cluster that does not exist, and of one that is no cluster.
        for (String id : new String[] {UUID.randomUUID().toString(), "nobody"}) {
            ScriptedAgent stranger = ScriptedAgent.dial(world.vertx, port);
            stranger.send(ScriptedAgent.hello(
                    stranger.challenge(), hello().setClusterId(id).build(), key));
            assertThat(stranger.closeCode()).isEqualTo(4001);
        }
        alive();
    }

    @Test
    void aRevokedKeyIsToldSoAndAnOtherVersionToo() throws Exception {
        joined().close();
        tenancy.ask(
                "UPDATE cluster_keys SET revoked_at = now() WHERE cluster_id = ? RETURNING key_id", tenancy.cluster());
        ScriptedAgent revoked = ScriptedAgent.dial(world.vertx, port);
        revoked.send(ScriptedAgent.hello(revoked.challenge(), hello().build(), key));
        assertThat(revoked.closeCode()).isEqualTo(4003);
        ScriptedAgent future = ScriptedAgent.dial(world.vertx, port);
        future.send(ScriptedAgent.hello(
                future.challenge(), hello().setProtoMin(2).setProtoMax(3).build(), key));
        assertThat(future.closeCode()).isEqualTo(4010);
    }

    @Test
    void framesThatAreNoneCloseTheirTunnelAndNothingElse() throws Exception {
        byte[] bomb = Zstd.compress(new byte[(1 << 20) + 1]);
        assertThat(closedAfter(new byte[3])).isEqualTo(4000);
        assertThat(closedAfter(raw(99, 0, 0, new byte[0]))).isEqualTo(4000);
        assertThat(closedAfter(raw(10, 0, 2, new byte[] {1, 2, 3}))).isEqualTo(4000);
        assertThat(closedAfter(raw(10, 0, 1, new byte[0]))).isEqualTo(4000);
        assertThat(closedAfter(raw(3, 0, 0, new byte[0]))).isEqualTo(4000);
        assertThat(closedAfter(raw(10, 0, 2, new byte[70_000]))).isEqualTo(4006);
        assertThat(closedAfter(raw(10, 1, 2, bomb))).isEqualTo(4006);
        ScriptedAgent texting = joined();
        texting.sendText("hello");
        assertThat(texting.closeCode()).isEqualTo(4000);
        ScriptedAgent stranger = ScriptedAgent.dial(world.vertx, port);
        stranger.sendBytes(raw(2, 0, 0, new byte[5_000]));
        assertThat(stranger.closeCode()).isEqualTo(4006);
        ScriptedAgent early = ScriptedAgent.dial(world.vertx, port);
        early.send(Frame.ping(1));
        assertThat(early.closeCode()).isEqualTo(4000);
        alive();
    }

    @Test
    void objectsThatAreNoneCloseTheirTunnel() throws Exception {
        Item good = item("Node", "u", 1, "{}");
        assertThat(closedAfter(delta(good))).as("a delta inside of a snapshot").isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder().setSeq(0).build())).isEqualTo(4000);
        assertThat(closedInSnapshot(good, good)).as("repeated").isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder().setUid("").build())).isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder().setUid("a\u0000b").build()))
                .isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder().setUid("x".repeat(254)).build()))
                .isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder()
                        .setHash(com.google.protobuf.ByteString.copyFrom(new byte[16]))
                        .build()))
                .isEqualTo(4000);
        assertThat(closedAfter(Frame.ack(1, 1_000_000))).isEqualTo(4000);
        Samples many = Samples.newBuilder()
                .addAllSamples(java.util.Collections.nCopies(513, dev.berth.tunnel.v1.Sample.getDefaultInstance()))
                .build();
        assertThat(closedAfter(new Frame(FrameType.SAMPLES, 5, 0, many))).isEqualTo(4000);
        ScriptedAgent flooding = joined();
        for (int i = 0; i < 300; i++) {
            flooding.send(Frame.ping(i));
        }
        assertThat(flooding.closeCode()).isEqualTo(4008);
        alive();
    }

    @Test
    void whoSendsBeyondItsCreditIsCutOff() throws Exception {
        ScriptedAgent peer = joined();
        try (var lock = Store.admin()) {
            lock.setAutoCommit(false);
            Store.column(lock, "SELECT epoch FROM cluster_session WHERE cluster_id = ? FOR UPDATE", tenancy.cluster());
            peer.snapBegin();
            String text = "\"" + "x".repeat(200_000) + "\"";
            for (int i = 1; i <= 7; i++) {
                peer.page(item("Node", "n" + i, i, text));
            }
            assertThat(peer.closeCode()).isEqualTo(4007);
            lock.rollback();
        }
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsCommitted() throws Exception {
        ScriptedAgent peer = joined();
        try (var lock = Store.admin()) {
            lock.setAutoCommit(false);
            Store.column(lock, "SELECT oseq FROM session_cursor WHERE cluster_id = ? FOR UPDATE", tenancy.cluster());
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
    void aNewerSessionFencesTheOlderAndItsReportsCountNoMore() throws Exception {
        ScriptedAgent older = joined();
        ScriptedAgent newer = ScriptedAgent.dial(world.vertx, port);
        Welcome welcome = newer.join(clusterId(), key);
        assertThat(welcome.getEpoch()).isEqualTo(2);
        assertThat(older.closeCode()).isEqualTo(4002);

        // A session that was opened elsewhere: the first write here finds out.
        tenancy.ask(
                "UPDATE cluster_session SET epoch = epoch + 1 WHERE cluster_id = ? RETURNING epoch", tenancy.cluster());
        newer.snapBegin();
        newer.page(item("Node", "u1", welcome.getObservedBase() + 1, "{\"name\":\"n1\"}"));
        assertThat(newer.closeCode()).isEqualTo(4002);
        assertThat(tenancy.one("SELECT count(*) FROM nodes WHERE cluster_id = ?", tenancy.cluster()))
                .isEqualTo("0");
    }

    @Test
    void aForeignObjectInAReportIsNotTouched() throws Exception {
        Tenancy other = Tenancy.create(db);
        UUID foreign = other.submit("secret");
        ScriptedAgent peer = joined();
        peer.snapBegin();
        peer.page(item("Workload", foreign.toString(), 1, "{\"status\":{\"phase\":\"Failed\"}}"));
        peer.send(new Frame(
                FrameType.SNAP_END, 2, 1, SnapEnd.newBuilder().setAsOf(1).build()));
        peer.next(FrameType.ACK);
        assertThat(other.one("SELECT phase FROM workloads WHERE id = ?", foreign))
                .isEqualTo("Queued");
    }

    private ScriptedAgent joined() throws Exception {
        if (tenancy.one("SELECT key_id FROM cluster_keys WHERE cluster_id = ?", tenancy.cluster())
                .isEmpty()) {
            assertThat(enrol(tenancy.token("1 hour"), key).getString("keyId")).isEqualTo(key.id());
        }
        ScriptedAgent peer = ScriptedAgent.dial(world.vertx, port);
        peer.join(clusterId(), key);
        return peer;
    }

    private void alive() throws Exception {
        ScriptedAgent peer = joined();
        peer.send(Frame.ping(7));
        assertThat(peer.next(FrameType.PONG)).isNotNull();
    }

    private int closedAfter(byte[] message) throws Exception {
        ScriptedAgent peer = joined();
        peer.sendBytes(message);
        return peer.closeCode();
    }

    private int closedAfter(Frame frame) throws Exception {
        ScriptedAgent peer = joined();
        if (frame.type() == FrameType.DELTA) {
            peer.snapBegin();
        }
        peer.send(frame);
        return peer.closeCode();
    }

    private int closedInSnapshot(Item... items) throws Exception {
        ScriptedAgent peer = joined();
        peer.snapBegin();
        peer.page(items);
        return peer.closeCode();
    }

    private ClusterId clusterId() {
        return new ClusterId(tenancy.cluster().toString());
    }

    private HelloBody.Builder hello() {
        return ScriptedAgent.helloOf(clusterId(), key);
    }

    private static byte[] raw(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(16 + payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putShort((short) 0)
                .putInt(stream)
                .putLong(0)
                .put(payload)
                .array();
    }

    private JsonObject enrol(JoinToken token, ClusterKey with) {
        return post(body(token, with).toBuffer());
    }

    private static JsonObject body(JoinToken token, ClusterKey with) {
        Base64.Encoder encoder = Base64.getEncoder();
        byte[] signature = with.sign(SigningBytes.enrolment(token, with.publicKey(), "uid"));
        return new JsonObject()
                .put("token", token.text())
                .put("publicKey", encoder.encodeToString(with.publicKey()))
                .put("kubeSystemUid", "uid")
                .put("sig", encoder.encodeToString(signature));
    }

    private JsonObject post(Buffer body) {
        return get(world.vertx
                .createHttpClient()
                .request(HttpMethod.POST, port, "127.0.0.1", "/tunnel/v1/enroll")
                .compose(request -> request.send(body))
                .compose(HttpClientResponse::body)
                .map(Buffer::toJsonObject));
    }
}
