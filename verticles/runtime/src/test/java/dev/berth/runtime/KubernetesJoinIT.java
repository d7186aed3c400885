package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that know nothing but the DNS name of a headless service, as pods do. The name is answered from a hosts
 * file, one line for each "pod"; both listen on one port, each on an address of its own.
 */
class KubernetesJoinIT {
    private static final String SERVICE = "berth-bus.berth-control-plane.svc.test";

    private static final int LOOK_MILLIS = 100;
    private static final int LOOKS = 400;

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void processesBehindOneNameShareOneBus() throws Exception {
        Path hosts = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 %1$s\n127.0.0.2 %1$s\n127.0.0.1 localhost\n".formatted(SERVICE));
        int port = portFreeOnBoth();

        Process server = member(hosts, "serve", "127.0.0.1", port);
        assertThat(line(server, "serving")).isEqualTo("serving");
        Process client = member(hosts, "call", "127.0.0.2", port);

        assertThat(line(client, "answer ")).isEqualTo("answer 42");
    }

    private Process member(Path hosts, String verb, String address, int port) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BusMember.class.getName(),
                        verb,
                        address,
                        String.valueOf(port),
                        SERVICE)
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("member-" + started.size() + ".log").toFile())
                .start();
        started.add(process);
        return process;
    }

    /** The first line that begins so; all that was said where there is none in time. */
    private String line(Process process, String beginning) throws Exception {
        Path said = log(process);
        for (int look = 0; look < LOOKS && process.isAlive(); look++) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    || Files.readString(said).contains(beginning)) {
                break;
            }
        }
        String all = Files.readString(said);
        return all.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElse(all);
    }

    private Path log(Process process) {
        return folder.resolve("member-" + started.indexOf(process) + ".log");
    }

    private static int portFreeOnBoth() throws IOException {
        while (true) {
            try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                    ServerSocket other = new ServerSocket(one.getLocalPort(), 1, InetAddress.getByName("127.0.0.2"))) {
                return other.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }
}
