package dev.berth.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.berth.tunnel.FrameType.Sender;
import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.Item;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is sent is what comes out, and no bytes make the reader do anything but refuse. */
class FrameRoundTripTest {
    @Property(tries = 300)
    void whatGoesInComesOut(@ForAll("frames") Frame frame) {
        FrameCodec reader = new FrameCodec(Sender.AGENT);
        reader.greeted();
        Frame read = null;
        for (byte[] message : FrameCodec.encode(frame)) {
            assertThat(read).isNull();
            assertThat(message.length).isLessThanOrEqualTo(Limits.HEADER_BYTES + Limits.PAYLOAD_BYTES);
            read = reader.decode(message);
        }
        assertThat(read).isEqualTo(frame);
        assertThat(frame.size()).isEqualTo(read == null ? -1 : read.size());
    }

    @Property(tries = 2000)
    void noBytesBreakTheReader(@ForAll byte[] bytes) {
        FrameCodec reader = new FrameCodec(Sender.AGENT);
        try {
            reader.decode(bytes);
        } catch (ProtocolViolation refused) {
            assertThat(refused.code()).isIn(CloseCode.PROTOCOL, CloseCode.TOO_LARGE);
        }
    }

    @Property(tries = 500)
    void oneFlippedByteIsReadOrRefused(@ForAll("frames") Frame frame, @ForAll int where, @ForAll byte with) {
        byte[] message = FrameCodec.encode(frame).get(0);
        message[Math.floorMod(where, message.length)] ^= with;
        FrameCodec reader = new FrameCodec(Sender.AGENT);
        reader.greeted();
        try {
            reader.decode(message);
        } catch (ProtocolViolation refused) {
            assertThat(refused.code()).isIn(CloseCode.PROTOCOL, CloseCode.TOO_LARGE);
        }
    }

    @Provide
    Arbitrary<Frame> frames() {
        Arbitrary<Item> item = Combinators.combine(
                        Arbitraries.strings().ascii().ofMaxLength(20),
                        Arbitraries.longs(),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(2_000),
                        Arbitraries.of(true, false))
                .as((uid, seq, body, deleted) -> Item.newBuilder()
                        .setKind("Workload")
                        .setUid(uid)
                        .setSeq(seq)
                        .setBody(ByteString.copyFrom(body))
                        .setDeleted(deleted)
                        .build());
        return Combinators.combine(item.list().ofMaxSize(60), Arbitraries.longs())
                .as((List<Item> items, Long seq) -> new Frame(
                        FrameType.DELTA,
                        Stream.OBSERVED,
                        seq,
                        Delta.newBuilder().addAllItems(items).build()));
    }
}
