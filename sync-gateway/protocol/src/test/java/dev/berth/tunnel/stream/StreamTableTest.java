package dev.berth.tunnel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.stream.StreamPair.Side;
import dev.berth.tunnel.v1.StreamChannel;
import dev.berth.tunnel.v1.StreamClose;
import dev.berth.tunnel.v1.StreamCredit;
import dev.berth.tunnel.v1.StreamData;
import dev.berth.tunnel.v1.StreamEndReason;
import dev.berth.tunnel.v1.StreamEof;
import dev.berth.tunnel.v1.StreamKind;
import dev.berth.tunnel.v1.StreamOpen;
import dev.berth.tunnel.v1.StreamOpened;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How streams share a tunnel, end, and refuse what is no stream. */
class StreamTableTest {
    private static final ByteString MUCH = ByteString.copyFrom(new byte[3 * StreamLimits.WINDOW_BYTES]);

    private final StreamPair pair = new StreamPair();

    @Test
    void aReaderWhoStopsHoldsUpHisOwnStreamOnly() {
        Side slow = pair.open(StreamKind.STREAM_KIND_LOGS);
        Side brisk = pair.open(StreamKind.STREAM_KIND_LOGS);
        send(pair.pod(slow), MUCH);
        send(pair.pod(brisk), MUCH);
        for (int turn = 0; turn < 100; turn++) {
            pair.move();
            brisk.read(Integer.MAX_VALUE);
        }
        assertThat(brisk.heard.size()).isEqualTo(MUCH.size());
        assertThat(slow.heard.size()).isBetween(1, StreamLimits.WINDOW_BYTES);
        int before = slow.heard.size();
        assertThat(pair.pod(slow).stream().room()).isFalse();
        slow.read(Integer.MAX_VALUE);
        pair.move();
        assertThat(slow.heard.size()).isGreaterThan(before);
    }

    @Test
    void aPersonGetsTwoTurnsForEachOfALog() {
        Side log = pair.open(StreamKind.STREAM_KIND_LOGS);
        Side exec = pair.open(StreamKind.STREAM_KIND_EXEC);
        send(pair.pod(log), MUCH);
        send(pair.pod(exec), MUCH);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            order.add(pair.agent.next().stream());
        }
        int logs = log.stream().number();
        int execs = exec.stream().number();
        assertThat(order)
                .containsExactly(logs, logs, execs, execs, execs, execs, logs, logs, execs, execs, execs, execs);
    }

    @Test
    void whatIsUrgentNeverWaitsBehindBytes() {
        Side log = pair.open(StreamKind.STREAM_KIND_LOGS);
        send(pair.pod(log), MUCH);
        Side next = pair.ask(StreamKind.STREAM_KIND_EXEC);
        pair.fetch(pair.gateway, pair.down, 10);
        pair.deliver(pair.down, pair.agent, 10);
        pair.pod(next).stream().accept();
        assertThat(pair.agent.next().type()).isEqualTo(FrameType.OPENED);
        assertThat(pair.agent.next().type()).isEqualTo(FrameType.DATA);
    }

    @Test
    void eachDirectionEndsByItself() {
        Side user = pair.open(StreamKind.STREAM_KIND_EXEC);
        Side pod = pair.pod(user);
        send(user, ByteString.copyFromUtf8("ask"));
        user.stream().finish();
        pair.move();
        assertThat(pod.eof).isTrue();
        assertThat(user.eof).isFalse();
        send(pod, ByteString.copyFromUtf8("answer"));
        pod.stream().finish();
        pod.stream().end(StreamEnd.completed(3));
        pair.move();
        assertThat(user.heard.toString()).isEqualTo("answer");
        assertThat(user.eof).isTrue();
        assertThat(user.end).isEqualTo(StreamEnd.completed(3));
    }

    @Test
    void theWriterIsToldWhenThereIsRoomAgain() {
        Side user = pair.open(StreamKind.STREAM_KIND_LOGS);
        Side pod = pair.pod(user);
        send(pod, MUCH);
        assertThat(pod.stream().room()).isFalse();
        for (int turn = 0; turn < 20; turn++) {
            pair.move();
            user.read(Integer.MAX_VALUE);
        }
        assertThat(pod.drained).isEqualTo(1);
        assertThat(pod.stream().room()).isTrue();
    }

    @Test
    void anAbortGoesBeforeBytesThatWait() {
        Side user = pair.open(StreamKind.STREAM_KIND_LOGS);
        send(pair.pod(user), MUCH);
        user.stream().abort(StreamEnd.of(StreamEndReason.STREAM_END_CANCELLED, "Closed by the user."));
        pair.move();
        assertThat(pair.pod(user).end.reason()).isEqualTo(StreamEndReason.STREAM_END_CANCELLED);
        assertThat(user.end).as("who ends is not told").isNull();
        assertThat(pair.gateway.size() + pair.agent.size()).isZero();
    }

    @Test
    void onlyTheNewestSizeOfATerminalGoes() {
        Side user = pair.open(StreamKind.STREAM_KIND_EXEC);
        for (int columns = 1; columns <= 500; columns++) {
            user.stream().resize(columns, 40);
        }
        pair.fetch(pair.gateway, pair.down, 1_000);
        assertThat(pair.down).hasSize(1);
        pair.move();
        assertThat(pair.pod(user).size).isEqualTo("500x40");
    }

    @Test
    void streamsAndTheirWindowsAreBounded() {
        int opened = 0;
        int windows = 0;
        while (pair.gateway
                .open(StreamOpen.getDefaultInstance(), new Side())
                .map(stream -> true)
                .orElse(false)) {
            opened++;
            Frame frame = pair.gateway.next();
            windows += frame.body(StreamOpen.class).getWindow();
            pair.agent.received(frame);
        }
        assertThat(opened).isBetween(100, StreamLimits.STREAMS);
        assertThat(windows).isLessThanOrEqualTo(StreamLimits.SESSION_BYTES);
        Frame oneMore = frame(
                FrameType.OPEN, 4_000, StreamOpen.newBuilder().setWindow(1).build());
        pair.agent.received(oneMore);
        assertThat(pair.agent.next().body(StreamClose.class).getReason()).isEqualTo(StreamEndReason.STREAM_END_LIMIT);
    }

    @Test
    void whatTakesTooLongEndsAtBothSides() {
        Side unanswered = pair.ask(StreamKind.STREAM_KIND_EXEC);
        Side quiet = pair.open(StreamKind.STREAM_KIND_LOGS);
        pair.now = StreamLimits.OPENING_MILLIS + 1;
        pair.gateway.tick(pair.now);
        assertThat(unanswered.end.reason()).isEqualTo(StreamEndReason.STREAM_END_EXPIRED);
        assertThat(quiet.end).isNull();
        pair.now = StreamLimits.IDLE_MILLIS + 1;
        pair.agent.tick(pair.now);
        pair.move();
        assertThat(quiet.end.reason()).isEqualTo(StreamEndReason.STREAM_END_IDLE);
        assertThat(pair.pod(quiet).end.reason()).isEqualTo(StreamEndReason.STREAM_END_IDLE);
    }

    @Test
    void aPeerThatBreaksTheRulesIsCutOff() {
        Side user = pair.open(StreamKind.STREAM_KIND_EXEC);
        int n = user.stream().number();
        StreamData chunk = StreamData.newBuilder()
                .setContent(MUCH.substring(0, StreamLimits.CHUNK_BYTES))
                .build();
        violates(CloseCode.PROTOCOL, n, FrameType.DATA, StreamData.getDefaultInstance());
        violates(
                CloseCode.PROTOCOL,
                n,
                FrameType.DATA,
                StreamData.newBuilder()
                        .setContent(MUCH.substring(0, StreamLimits.CHUNK_BYTES + 1))
                        .build());
        violates(
                CloseCode.PROTOCOL,
                n,
                FrameType.OPENED,
                StreamOpened.newBuilder().setWindow(9).build());
        violates(CloseCode.PROTOCOL, n + 2, FrameType.DATA, chunk);
        violates(
                CloseCode.PROTOCOL,
                n + 2,
                FrameType.OPEN,
                StreamOpen.newBuilder().setWindow(1).build());
        violates(
                CloseCode.WINDOW_VIOLATION,
                n,
                FrameType.CREDIT,
                StreamCredit.newBuilder().setBytes(1).build());
        violates(CloseCode.WINDOW_VIOLATION, n, FrameType.CREDIT, StreamCredit.getDefaultInstance());
        int window = pair.pod(user).request.getWindow();
        for (int sent = 0; sent < window; sent += StreamLimits.CHUNK_BYTES) {
            pair.gateway.received(frame(FrameType.DATA, n, chunk));
        }
        violates(CloseCode.WINDOW_VIOLATION, n, FrameType.DATA, chunk);
        pair.gateway.received(frame(FrameType.EOF, n, StreamEof.getDefaultInstance()));
        violates(CloseCode.PROTOCOL, n, FrameType.EOF, StreamEof.getDefaultInstance());
    }

    @Test
    void framesThatCrossedACloseAreIgnored() {
        Side user = pair.open(StreamKind.STREAM_KIND_EXEC);
        user.stream().abort(StreamEnd.of(StreamEndReason.STREAM_END_CANCELLED, ""));
        send(pair.pod(user), MUCH);
        pair.move();
        assertThat(pair.agent.size()).isZero();
    }

    @Test
    void aReasonIsOneShortCleanLine() {
        StreamEnd end =
                StreamEnd.of(StreamEndReason.STREAM_END_FAILED, "a\u001b[31mb\r\nX-Header: c" + "d".repeat(5_000));
        assertThat(end.text()).startsWith("a [31mb  X-Header: cd").hasSizeLessThanOrEqualTo(StreamLimits.TEXT_CHARS);
    }

    private void violates(CloseCode code, int stream, FrameType type, MessageLite body) {
        assertThatThrownBy(() -> pair.gateway.received(frame(type, stream, body)))
                .as(type + " on " + stream)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class, v -> assertThat(v.code()).isEqualTo(code));
    }

    private static Frame frame(FrameType type, int stream, MessageLite body) {
        return new Frame(type, stream, 0, body);
    }

    private static void send(Side side, ByteString bytes) {
        side.stream().send(StreamChannel.STREAM_CHANNEL_MAIN, bytes);
    }
}
