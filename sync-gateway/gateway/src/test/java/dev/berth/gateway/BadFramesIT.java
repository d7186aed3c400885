package dev.berth.gateway;

import static dev.berth.gateway.GatewayBed.eventually;
import static dev.berth.gateway.ScriptedAgent.delta;
import static dev.berth.gateway.ScriptedAgent.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import dev.berth.gateway.ScriptedAgent.Closed;
import dev.berth.schema.SharedDatabase;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.Sample;
import dev.berth.tunnel.v1.Samples;
import java.nio.ByteBuffer;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Input that is none: its tunnel is closed with a code and a sentence, nothing is stored, and the gateway serves on. */
class BadFramesIT {
    private static final int HELLO = 2;
    private static final int WELCOME = 3;
    private static final int DELTA = 10;
    private static final int ZSTD = 1;
    private static final int CONTROL_STREAM = 0;
    private static final int DESIRED_STREAM = 1;
    private static final int OBSERVED_STREAM = 2;

    private Stage stage;

    @BeforeEach
    void begin() throws Exception {
        stage = Stage.set();
    }

    @AfterEach
    void nothingIsLostAndTheServerIsAlive() throws Exception {
        try (Stage ended = stage) {
            ended.nothingIsStored();
            ended.gatewayServes();
            ended.theLogIsCalm();
        }
    }

    @Test
    void aFrameThatIsTooLargeIsClosedWith4006() throws Exception {
        assertThat(closedAfter(raw(DELTA, 0, OBSERVED_STREAM, new byte[70_000])))
                .isEqualTo(new Closed(4006, "Expected a frame of at most 65552 bytes, but got 70016."));
        byte[] bomb = Zstd.compress(new byte[(1 << 20) + 1]);
        assertThat(closedAfter(raw(DELTA, ZSTD, OBSERVED_STREAM, bomb)).code()).isEqualTo(4006);
    }

    @Test
    void aMessageThatNoSocketTakesEndsItsConnectionAndNoOther() throws Exception {
        ScriptedAgent neighbour = stage.joined();
        ScriptedAgent flooding = stage.stranger();
        flooding.sendBytes(new byte[3 << 20]);
        assertThat(flooding.closeCode()).isEqualTo(ScriptedAgent.ABRUPT);
        neighbour.send(Frame.ping(1));
        assertThat(neighbour.next(FrameType.PONG)).isNotNull();
    }

    @Test
    void beforeItsHelloAStrangerMaySaySomethingShortAndNothingElse() throws Exception {
        ScriptedAgent verbose = stage.stranger();
        verbose.sendBytes(raw(HELLO, 0, CONTROL_STREAM, new byte[5_000]));
        assertThat(verbose.closed())
                .isEqualTo(new Closed(4006, "Expected a frame of at most 4096 bytes, but got 5016."));
        ScriptedAgent early = stage.stranger();
        early.send(Frame.ping(1));
        assertThat(early.closed()).isEqualTo(new Closed(4000, "Expected WELCOME before anything but HELLO."));
        ScriptedAgent reporting = stage.stranger();
        reporting.send(delta(item("Node", "u", 1, "{}")));
        assertThat(reporting.closeCode()).isEqualTo(4000);
    }

    @Test
    void bytesThatAreNoMessageAreClosedWith4000() throws Exception {
        assertThat(closedAfter(raw(DELTA, 0, OBSERVED_STREAM, new byte[] {1, 2, 3})))
                .isEqualTo(new Closed(4000, "Expected a DELTA message, but its bytes are no such message."));
        assertThat(closedAfter(new byte[3])).isEqualTo(new Closed(4000, "Expected a header of 16 bytes, but got 3."));
        assertThat(closedAfter(new byte[0]).code()).isEqualTo(4000);
        assertThat(closedAfter(raw(DELTA, ZSTD, OBSERVED_STREAM, new byte[] {1, 2, 3}))
                        .code())
                .isEqualTo(4000);
        assertThat(closedAfter(raw(DELTA, 0x80, OBSERVED_STREAM, new byte[0])))
                .isEqualTo(new Closed(4000, "Expected reserved bits to be 0."));
    }

    @Test
    void framesOfAnUnknownTypeOrAWrongDirectionAreClosedWith4000() throws Exception {
        assertThat(closedAfter(raw(99, 0, CONTROL_STREAM, new byte[0])))
                .isEqualTo(new Closed(4000, "Expected a known frame type, but got 99."));
        assertThat(closedAfter(raw(DELTA, 0, DESIRED_STREAM, new byte[0])).code())
                .isEqualTo(4000);
        assertThat(closedAfter(raw(WELCOME, 0, CONTROL_STREAM, new byte[0])).code())
                .isEqualTo(4000);
        ScriptedAgent optional = stage.joined();
        optional.sendBytes(raw(99, 4, CONTROL_STREAM, new byte[0]));
        optional.send(Frame.ping(1));
        assertThat(optional.next(FrameType.PONG))
                .as("what may be ignored is ignored")
                .isNotNull();
        optional.close();
    }

    @Test
    void textIsClosedWith4000() throws Exception {
        ScriptedAgent texting = stage.joined();
        texting.sendText("hello");
        assertThat(texting.closed()).isEqualTo(new Closed(4000, "Expected whole binary messages."));
    }

    @Test
    void objectsThatAreNoneCloseTheirTunnel() throws Exception {
        Item good = item("Node", "u", 1, "{\"name\":\"n\"}");
        assertThat(closedInSnapshot(good.toBuilder().setSeq(0).build())).isEqualTo(4000);
        assertThat(closedInSnapshot(good, good)).as("repeated").isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder().setUid("").build())).isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder().setUid("a\u0000b").build()))
                .isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder().setUid("x".repeat(254)).build()))
                .isEqualTo(4000);
        assertThat(closedInSnapshot(good.toBuilder()
                        .setHash(ByteString.copyFrom(new byte[16]))
                        .build()))
                .as("a body that is not what its hash says")
                .isEqualTo(4000);
        ScriptedAgent mixing = stage.joined();
        mixing.snapBegin();
        mixing.send(delta(good));
        assertThat(mixing.closed())
                .isEqualTo(new Closed(4000, "Expected SNAP_PAGE inside of a snapshot and DELTA outside."));
    }

    @Test
    void whatWasNeverSentCannotBeAcknowledged() throws Exception {
        ScriptedAgent peer = stage.joined();
        peer.send(Frame.ack(DESIRED_STREAM, 1_000_000));
        assertThat(peer.closed()).isEqualTo(new Closed(4000, "Expected an ACK of something that was sent."));
    }

    @Test
    void tooMuchOfASmallThingIsClosedToo() throws Exception {
        Samples many = Samples.newBuilder()
                .addAllSamples(Collections.nCopies(513, Sample.getDefaultInstance()))
                .build();
        ScriptedAgent measuring = stage.joined();
        measuring.send(new Frame(FrameType.SAMPLES, 5, 0, many));
        assertThat(measuring.closeCode()).isEqualTo(4000);
        ScriptedAgent pinging = stage.joined();
        for (int i = 0; i < 300; i++) {
            pinging.send(Frame.ping(i));
        }
        assertThat(pinging.closed()).isEqualTo(new Closed(4008, "Expected at most 100 control frames a second."));
    }

    @Test
    void whoSendsBeyondItsCreditIsClosedWith4007() throws Exception {
        ScriptedAgent peer = stage.joined();
        try (var lock = SharedDatabase.admin()) {
            lock.setAutoCommit(false);
            SharedDatabase.column(
                    lock, "SELECT epoch FROM cluster_session WHERE cluster_id = ? FOR UPDATE", stage.tenancy.cluster());
            peer.snapBegin();
            String text = "\"" + "x".repeat(200_000) + "\"";
            for (int i = 1; i <= 7; i++) {
                peer.page(item("Gadget", "n" + i, i, text));
            }
            assertThat(peer.closeCode()).isEqualTo(4007);
            lock.rollback();
        }
        // What was within its credit is under way when the tunnel ends, and may be stored: it was sound.
        eventually(() -> assertThat(stage.tenancy.one(
                        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND usename = 'berth_gateway'"))
                .isEqualTo("0"));
        stage.tenancy.ask("DELETE FROM observed_objects WHERE cluster_id = ? RETURNING uid", stage.tenancy.cluster());
    }

    private Closed closedAfter(byte[] message) throws Exception {
        ScriptedAgent peer = stage.joined();
        peer.sendBytes(message);
        return peer.closed();
    }

    private int closedInSnapshot(Item... items) throws Exception {
        ScriptedAgent peer = stage.joined();
        peer.snapBegin();
        peer.page(items);
        return peer.closeCode();
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
}
