package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs, commands and ports of a pod, from the API through the tunnel and back. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StreamsIT {
    private static final int LINE_BYTES = 200;
    private static final int LINES = 1_000_000;

    @TempDir
    static Path folder;

    private static StreamsWorld world;

    @BeforeAll
    static void start() {
        world = new StreamsWorld(folder);
        world.running("talks", "\"simulated.berth.dev/log-interval-millis\":\"20\"");
        world.running(
                "floods",
                "\"simulated.berth.dev/log-interval-millis\":\"0\",\"simulated.berth.dev/log-lines\":\"" + LINES
                        + "\",\"simulated.berth.dev/log-line-bytes\":\"" + LINE_BYTES + "\"");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void aLogIsReadAsItIs() {
        HttpResponse<InputStream> answer = world.get("/workloads/talks/logs?tailLines=3&timestamps=true");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        String text = world.text("/workloads/floods/logs?tailLines=3");
        assertThat(text.lines()).hasSize(3).last().asString().startsWith("step " + LINES + " loss");
    }

    @Test
    void aCommandRunsAndTellsItsExitCode() {
        assertThat(world.socket("/workloads/talks/exec?command=echo&command=hello")
                        .toTheEnd())
                .isEqualTo("0:hello\n3:{\"reason\":\"COMPLETED\",\"text\":\"\",\"exitCode\":0}");
        assertThat(world.socket("/workloads/talks/exec?command=sh&command=-c&command=nothing%3Bexit%207")
                        .toTheEnd())
                .isEqualTo("1:sh: nothing: not found\n3:{\"reason\":\"COMPLETED\",\"text\":\"\",\"exitCode\":7}");
    }

    @Test
    void inputGoesThroughAndItsEndDoes() {
        StreamsWorld.Socket cat = world.socket("/workloads/talks/exec?command=cat&stdin=true");
        int sent = 0;
        for (int i = 0; i < 40; i++) {
            cat.send(0, new byte[60_000]);
            sent += 60_000;
        }
        cat.send(1, new byte[0]);
        int got = 0;
        byte[] next = cat.next();
        for (; next[0] == 0; next = cat.next()) {
            got += next.length - 1;
        }
        assertThat(got).isEqualTo(sent);
        assertThat(new String(next, StandardCharsets.UTF_8)).contains("COMPLETED");
    }

    @Test
    void aShellHasATerminalOfTheRightSize() {
        StreamsWorld.Socket shell =
                world.socket("/workloads/talks/exec?command=sh&tty=true&stdin=true&columns=80&rows=24");
        shell.send(2, new byte[] {0, 100, 0, 30});
        shell.send(0, "size\rexit 3\r".getBytes(StandardCharsets.UTF_8));
        assertThat(shell.toTheEnd().replace("0:", "")).contains("30 100").contains("\"exitCode\":3");
    }

    @Test
    void aPortIsReached() {
        StreamsWorld.Socket port = world.socket("/workloads/talks/port-forward?port=8080");
        port.send(0, "ping".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(port.next(), 1, 4, StandardCharsets.UTF_8)).isEqualTo("ping");
        port.send(1, new byte[0]);
        assertThat(port.toTheEnd()).contains("COMPLETED");
        assertThat(world.socket("/workloads/talks/port-forward?port=9").toTheEnd())
                .contains("NOT_READY")
                .contains("connection refused");
    }

    @Test
    void aCutTunnelEndsAStreamWithItsReasonAndTheApiStaysWell() throws Exception {
        try (BufferedReader log = new BufferedReader(new InputStreamReader(
                world.get("/workloads/talks/logs?follow=true").body(), StandardCharsets.UTF_8))) {
            assertThat(log.readLine()).startsWith("step 1 ");
            assertThat(world.cutTunnels()).isEqualTo(1);
            String last = "";
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                last = line;
            }
            assertThat(last).startsWith("berth: stream ended: TUNNEL_LOST ");
        }
        world.api.until(
                "/clusters/aurora", found -> found.at("/status/state").asText().equals("Connected") && again(), 60);
    }

    private static boolean again() {
        return world.get("/workloads/talks/logs?tailLines=1").statusCode() == 200;
    }

    @Test
    void aReaderWhoStopsCostsLittleMemoryAndHoldsUpNobody() throws Exception {
        HttpResponse<InputStream> slow = world.get("/workloads/floods/logs");
        try (InputStream body = slow.body()) {
            byte[] piece = new byte[64 * 1024];
            assertThat(body.readNBytes(piece, 0, piece.length)).isEqualTo(piece.length);
            long before = usedAfterCollection();
            for (int i = 0; i < 5; i++) {
                long began = System.nanoTime();
                assertThat(world.socket("/workloads/talks/exec?command=echo&command=hello")
                                .toTheEnd())
                        .contains("hello");
                assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
            }
            world.running("beside-" + System.nanoTime() % 100_000, "\"a\":\"b\"");
            assertThat(usedAfterCollection() - before).isLessThan(48L << 20);
            long left = (long) LINES * LINE_BYTES - piece.length;
            long began = System.nanoTime();
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                left -= read;
            }
            System.out.printf(
                    "%d MB of log in %d ms%n",
                    (long) LINES * LINE_BYTES / 1_000_000, (System.nanoTime() - began) / 1_000_000);
            assertThat(left).isZero();
        }
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void whatCannotBeAnsweredSaysWhy() {
        assertThat(world.get("/workloads/talks/logs?previous=true").statusCode())
                .isEqualTo(409);
        assertThat(world.get("/workloads/talks/logs?container=none").statusCode())
                .isEqualTo(409);
        assertThat(world.get("/workloads/talks/logs?pod=none").statusCode()).isEqualTo(404);
        assertThat(world.get("/workloads/talks/logs?pod=..%2F..%2Fsecrets").statusCode())
                .isEqualTo(404);
        assertThat(world.get("/workloads/talks/logs?container=%0d%0aX-Evil:%201")
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.get("/workloads/talks/logs?sinceTime=yesterday").statusCode())
                .isEqualTo(400);
        assertThat(world.get("/workloads/talks/exec?command=sh").statusCode()).isEqualTo(400);
        assertThat(world.get("/workloads/none/logs").statusCode()).isEqualTo(404);
    }

    @Test
    void theCommandLineReadsLogsAndPassesOnTheExitCode() {
        CommandLineRun logs = CommandLineRun.of(world, "", "logs", "floods", "--tail", "2");
        assertThat(logs.code()).isZero();
        assertThat(logs.out().lines()).hasSize(2).last().asString().startsWith("step " + LINES + " loss");
        CommandLineRun shell = CommandLineRun.of(world, "", "exec", "talks", "--", "sh", "-c", "echo hi;nope;exit 7");
        assertThat(shell).isEqualTo(new CommandLineRun(7, "hi\n", "sh: nope: not found\n"));
        CommandLineRun cat = CommandLineRun.of(world, "piped in", "exec", "-i", "talks", "--", "cat");
        assertThat(cat).isEqualTo(new CommandLineRun(0, "piped in", ""));
        assertThat(CommandLineRun.of(world, "", "logs", "none").code()).isEqualTo(5);
        assertThat(CommandLineRun.of(world, "", "exec", "none", "--", "ls").code())
                .isEqualTo(5);
    }

    @Test
    void aPageOfAnotherHostOpensNothing() {
        Map<String, String> foreign =
                Map.of("Authorization", "Bearer " + world.token, "Origin", "https://evil.example");
        assertThatThrownBy(() -> world.new Socket("/workloads/talks/exec?command=sh", foreign))
                .hasStackTraceContaining("WebSocketHandshakeException");
        assertThatThrownBy(() -> world.new Socket("/workloads/talks/exec?command=sh", Map.of("Origin", world.base())))
                .hasStackTraceContaining("WebSocketHandshakeException");
    }
}
