package dev.berth.tunnel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.stream.StreamPair.Side;
import dev.berth.tunnel.v1.StreamChannel;
import dev.berth.tunnel.v1.StreamEndReason;
import dev.berth.tunnel.v1.StreamKind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is sent, read and delayed in whatever order: credit holds, order holds, nothing waits for ever. */
class StreamsPropertyTest {
    private static final StreamEnd LOST = StreamEnd.of(StreamEndReason.STREAM_END_TUNNEL_LOST, "The tunnel broke.");

    /** One direction of one stream: who writes, who reads, and what was written. */
    private record Flow(Side writer, Side reader, ArrayDeque<Frame> link, ByteArrayOutputStream written) {}

    @Property(tries = 150)
    void neverMoreInFlightThanTheWindowAndEverythingArrivesInOrder(
            @ForAll @IntRange(min = 1, max = 6) int streams, @ForAll long seed) {
        StreamPair pair = new StreamPair();
        Random random = new Random(seed);
        List<Flow> flows = flows(pair, streams);
        for (int step = 0; step < 400; step++) {
            act(pair, flows, random);
            for (Flow flow : flows) {
                assertThat(pair.inFlight(flow.reader(), flow.link()))
                        .isLessThanOrEqualTo(flow.reader().stream().windowBytes());
            }
        }
        settle(pair, flows);
        for (Flow flow : flows) {
            assertThat(flow.reader().heard.toByteArray())
                    .isEqualTo(flow.written().toByteArray());
        }
    }

    private static List<Flow> flows(StreamPair pair, int streams) {
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            Side user = pair.open(i % 2 == 0 ? StreamKind.STREAM_KIND_EXEC : StreamKind.STREAM_KIND_LOGS);
            flows.add(new Flow(user, pair.pod(user), pair.down, new ByteArrayOutputStream()));
            flows.add(new Flow(pair.pod(user), user, pair.up, new ByteArrayOutputStream()));
        }
        return flows;
    }

    private static void act(StreamPair pair, List<Flow> flows, Random random) {
        Flow flow = flows.get(random.nextInt(flows.size()));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                if (flow.writer().stream().room()) {
                    byte[] bytes = new byte[1 + random.nextInt(60_000)];
                    random.nextBytes(bytes);
                    flow.written().writeBytes(bytes);
                    flow.writer().stream().send(StreamChannel.STREAM_CHANNEL_MAIN, ByteString.copyFrom(bytes));
                }
            }
            case 2 -> flow.reader().read(random.nextInt(100_000));
            case 3 -> pair.fetch(pair.gateway, pair.down, random.nextInt(8));
            case 4 -> pair.fetch(pair.agent, pair.up, random.nextInt(8));
            default -> {
                pair.deliver(pair.down, pair.agent, random.nextInt(8));
                pair.deliver(pair.up, pair.gateway, random.nextInt(8));
            }
        }
    }

    /** Readers read all that comes until nothing moves: with a deadlock some flow would stay short. */
    private static void settle(StreamPair pair, List<Flow> flows) {
        for (int before = -1, sum = 0; before != sum; ) {
            before = sum;
            pair.move();
            flows.forEach(flow -> flow.reader().read(Integer.MAX_VALUE));
            pair.move();
            sum = flows.stream().mapToInt(flow -> flow.reader().heard.size()).sum();
        }
    }

    @Property(tries = 100)
    void whenTheTunnelIsLostEveryStreamEndsOnceAtBothSidesWithTheReason(
            @ForAll @IntRange(min = 1, max = 5) int streams,
            @ForAll @IntRange(min = 0, max = 120) int steps,
            @ForAll long seed) {
        StreamPair pair = new StreamPair();
        List<Flow> flows = flows(pair, streams);
        Random random = new Random(seed);
        for (int step = 0; step < steps; step++) {
            act(pair, flows, random);
        }
        pair.gateway.lost(LOST);
        pair.agent.lost(LOST);
        for (Flow flow : flows) {
            assertThat(flow.reader().end).isEqualTo(LOST);
            assertThat(flow.reader().stream().over()).isTrue();
        }
        assertThat(pair.gateway.size() + pair.agent.size()).isZero();
        assertThat(pair.gateway.next()).isNull();
        assertThat(pair.agent.next()).isNull();
    }

    @Property(tries = 100)
    void anEndComesBehindAllBytes(@ForAll @IntRange(min = 0, max = 500_000) int bytes, @ForAll int exit) {
        StreamPair pair = new StreamPair();
        Side user = pair.open(StreamKind.STREAM_KIND_EXEC);
        Side pod = pair.pod(user);
        pod.stream().send(StreamChannel.STREAM_CHANNEL_MAIN, ByteString.copyFrom(new byte[bytes]));
        pod.stream().end(StreamEnd.completed(exit));
        for (int turn = 0; turn < 200 && user.end == null; turn++) {
            pair.move();
            user.read(10_000);
        }
        assertThat(user.heard.size()).isEqualTo(bytes);
        assertThat(user.end).isEqualTo(StreamEnd.completed(exit));
        assertThat(pair.agent.size()).isZero();
    }
}
