package dev.berth.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import dev.berth.tunnel.FrameType.Sender;
import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.Ping;
import dev.berth.tunnel.v1.StreamChannel;
import dev.berth.tunnel.v1.StreamClose;
import dev.berth.tunnel.v1.StreamData;
import dev.berth.tunnel.v1.StreamEndReason;
import dev.berth.tunnel.v1.StreamKind;
import dev.berth.tunnel.v1.StreamOpen;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden bytes of every kind of frame, and what happens to bytes that are no frame. */
class FrameCodecTest {
    private static final HexFormat HEX = HexFormat.of();

    /** These bytes are spoken by agents in the field: when one changes, the change is wrong, not the test. */
    @Test
    void framesHaveTheseBytes() {
        assertThat(hex(Frame.ping(7))).isEqualTo("04000000" + "00000000" + "0000000000000000" + "0807");
        assertThat(hex(Frame.pong(300))).isEqualTo("05000000" + "00000000" + "0000000000000000" + "08ac02");
        assertThat(hex(Frame.window(2, 65536)))
                .isEqualTo("06000000" + "00000000" + "0000000000000000" + "080210808004");
        assertThat(hex(Frame.ack(1, 41))).isEqualTo("07000000" + "00000000" + "0000000000000000" + "08011029");
        assertThat(hex(Frame.goAway(CloseCode.DRAINING, 250)))
                .isEqualTo("08000000" + "00000000" + "0000000000000000" + "08a51f10fa011a08445241494e494e47");
        Item item = Item.newBuilder()
                .setKind("Node")
                .setUid("n1")
                .setSeq(9)
                .setHash(ByteString.copyFrom(new byte[] {1, 2}))
                .setBody(ByteString.copyFromUtf8("{}"))
                .build();
        Frame delta = new Frame(
                FrameType.DELTA,
                Stream.OBSERVED,
                9,
                Delta.newBuilder().addItems(item).build());
        assertThat(hex(delta))
                .isEqualTo("0a000000" + "00000002" + "0000000000000009" + "0a14" + "0a044e6f6465" + "12026e31" + "1809"
                        + "2a020102" + "32027b7d");
    }

    /** The same for byte streams. */
    @Test
    void framesOfByteStreamsHaveTheseBytes() {
        StreamOpen open = StreamOpen.newBuilder()
                .setKind(StreamKind.STREAM_KIND_EXEC)
                .setWorkloadId("w")
                .setNamespace("n")
                .setPod("p")
                .addCommand("sh")
                .setTty(true)
                .setWindow(8192)
                .build();
        assertThat(hex(new Frame(FrameType.OPEN, 16, 0, open)))
                .isEqualTo("1e000000" + "00000010" + "0000000000000000" + "0802" + "120177" + "1a016e" + "220170"
                        + "3a027368" + "4001" + "608040");
        StreamData data = StreamData.newBuilder()
                .setChannel(StreamChannel.STREAM_CHANNEL_ERROR)
                .setContent(ByteString.copyFromUtf8("hi"))
                .build();
        assertThat(hex(new Frame(FrameType.DATA, 16, 0, data)))
                .isEqualTo("20000000" + "00000010" + "0000000000000000" + "0801" + "12026869");
        StreamClose close = StreamClose.newBuilder()
                .setReason(StreamEndReason.STREAM_END_COMPLETED)
                .setExitCode(3)
                .build();
        assertThat(hex(new Frame(FrameType.CLOSE, 16, 0, close)))
                .isEqualTo("22000000" + "00000010" + "0000000000000000" + "0801" + "1806");
        refuses(CloseCode.PROTOCOL, header(32, 0, 2, 0, data.toByteArray()));
        refuses(CloseCode.PROTOCOL, header(32, 0, 17, 0, data.toByteArray()));
        refuses(CloseCode.PROTOCOL, header(32, 0, -16, 0, data.toByteArray()));
        refuses(CloseCode.PROTOCOL, header(30, 0, 16, 0, open.toByteArray()));
    }

    @Test
    void fieldsOfANewerPeerAreKept() {
        byte[] ping = header(4, 0, 0, 0, HEX.parseHex("0807" + "f2ff0702abcd"));
        Frame frame = reader(Sender.AGENT).decode(ping);
        assertThat(frame).isNotNull();
        assertThat(frame.body(Ping.class).getId()).isEqualTo(7);
        assertThat(frame.body(Ping.class).toByteArray()).hasSize(8);
    }

    @Test
    void anUnknownTypeIsRefusedUnlessItMayBeIgnored() {
        assertThat(reader(Sender.AGENT).decode(header(200, FrameCodec.OPTIONAL, 3, 0, new byte[9])))
                .isNull();
        refuses(CloseCode.PROTOCOL, header(200, 0, 3, 0, new byte[9]));
    }

    @Test
    void aTruncatedFrameIsRefusedWhereverItIsCut() {
        byte[] whole = FrameCodec.encode(Frame.ack(1, 41)).get(0);
        for (int length = 0; length < Limits.HEADER_BYTES; length++) {
            refuses(CloseCode.PROTOCOL, java.util.Arrays.copyOf(whole, length));
        }
        refuses(CloseCode.PROTOCOL, java.util.Arrays.copyOf(whole, whole.length - 1));
    }

    @Test
    void reservedBitsMustBeZero() {
        byte[] reserved = FrameCodec.encode(Frame.ping(1)).get(0);
        reserved[3] = 1;
        refuses(CloseCode.PROTOCOL, reserved);
        refuses(CloseCode.PROTOCOL, header(4, 64, 0, 0, new byte[0]));
    }

    @Test
    void aFrameFromTheWrongEndOrOnTheWrongStreamIsRefused() {
        byte[] welcome = header(3, 0, 0, 0, new byte[0]);
        assertThatThrownBy(() -> reader(Sender.AGENT).decode(welcome)).isInstanceOf(ProtocolViolation.class);
        assertThat(reader(Sender.GATEWAY).decode(welcome)).isNotNull();
        refuses(CloseCode.PROTOCOL, header(10, 0, Stream.DESIRED, 0, new byte[0]));
        refuses(CloseCode.PROTOCOL, header(10, 0, Stream.CONTROL, 0, new byte[0]));
        refuses(CloseCode.PROTOCOL, header(4, 0, Stream.OBSERVED, 0, new byte[0]));
        refuses(CloseCode.PROTOCOL, header(40, 0, -1, 0, new byte[0]));
    }

    @Test
    void anOversizedFrameIsRefusedAndAStrangerMaySendLess() {
        refuses(CloseCode.TOO_LARGE, header(10, 0, 2, 0, new byte[Limits.PAYLOAD_BYTES + 1]));
        FrameCodec stranger = new FrameCodec(Sender.AGENT);
        assertThatThrownBy(() -> stranger.decode(header(2, 0, 0, 0, new byte[4096 - 15])))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class, v -> assertThat(v.code()).isEqualTo(CloseCode.TOO_LARGE));
    }

    @Test
    void aPayloadThatInflatesTooFarIsRefusedBeforeItIsInflated() {
        byte[] bomb = Zstd.compress(new byte[Limits.OBJECT_BYTES + 1]);
        assertThat(bomb.length).isLessThan(Limits.PAYLOAD_BYTES);
        refuses(CloseCode.TOO_LARGE, header(10, FrameCodec.ZSTD, 2, 0, bomb));
    }

    @Test
    void aPayloadThatLiesAboutItsSizeIsRefused() {
        byte[] honest = Zstd.compress(new byte[1000]);
        byte[] lying = honest.clone();
        // Byte 5 is the low byte of the two-byte content size of a frame of this size.
        lying[5] = (byte) (lying[5] ^ 0x01);
        refuses(CloseCode.PROTOCOL, header(10, FrameCodec.ZSTD, 2, 0, lying));
        refuses(CloseCode.PROTOCOL, header(10, FrameCodec.ZSTD, 2, 0, new byte[] {1, 2, 3}));
        refuses(CloseCode.PROTOCOL, header(10, FrameCodec.ZSTD, 2, 0, new byte[0]));
    }

    @Test
    void aLargeMessageGoesInFragmentsAndComesTogether() {
        byte[] body = new byte[300_000];
        new Random(1).nextBytes(body);
        Frame large = new Frame(
                FrameType.DELTA,
                Stream.OBSERVED,
                1,
                Delta.newBuilder()
                        .addItems(Item.newBuilder().setBody(ByteString.copyFrom(body)))
                        .build());
        List<byte[]> messages = FrameCodec.encode(large);
        assertThat(messages).hasSize(5);
        FrameCodec reader = reader(Sender.AGENT);
        for (byte[] message : messages.subList(0, 4)) {
            assertThat(reader.decode(message)).isNull();
        }
        assertThat(reader.decode(messages.get(4))).isEqualTo(large);
    }

    @Test
    void nothingMayComeBetweenFragments() {
        FrameCodec reader = reader(Sender.AGENT);
        assertThat(reader.decode(header(10, FrameCodec.MORE, 2, 1, new byte[8])))
                .isNull();
        assertThatThrownBy(() -> reader.decode(header(10, 0, 2, 2, new byte[8])))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class, v -> assertThat(v.code()).isEqualTo(CloseCode.PROTOCOL));
    }

    @Test
    void fragmentsWithoutEndAreBounded() {
        FrameCodec reader = reader(Sender.AGENT);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 17; i++) {
                        reader.decode(header(10, FrameCodec.MORE, 2, 1, new byte[Limits.PAYLOAD_BYTES]));
                    }
                })
                .isInstanceOfSatisfying(
                        ProtocolViolation.class, v -> assertThat(v.code()).isEqualTo(CloseCode.TOO_LARGE));
        refuses(CloseCode.PROTOCOL, header(10, FrameCodec.MORE, 2, 1, new byte[0]));
    }

    private static void refuses(CloseCode code, byte[] message) {
        assertThatThrownBy(() -> reader(Sender.AGENT).decode(message))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class, v -> assertThat(v.code()).isEqualTo(code));
    }

    private static FrameCodec reader(Sender peer) {
        FrameCodec reader = new FrameCodec(peer);
        reader.greeted();
        return reader;
    }

    private static String hex(Frame frame) {
        List<byte[]> messages = FrameCodec.encode(frame);
        assertThat(messages).hasSize(1);
        return HEX.formatHex(messages.get(0));
    }

    private static byte[] header(int type, int flags, int stream, long seq, byte[] payload) {
        return ByteBuffer.allocate(16 + payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putShort((short) 0)
                .putInt(stream)
                .putLong(seq)
                .put(payload)
                .array();
    }
}
