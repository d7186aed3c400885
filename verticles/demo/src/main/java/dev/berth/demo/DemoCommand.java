package dev.berth.demo;

import dev.berth.demo.host.Terminal;
import dev.berth.runtime.StartRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code berth.jar demo}: the whole platform on embedded parts, and work for it. */
@Command(
        name = "demo",
        description = "Runs the whole platform with two simulated GPU clusters and fills them with work.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The trace has durations of its own; its arrivals are compressed until the demand for GPUs at its peak is",
            "--load times the capacity. Above about 0.98 the list is repeated. Without --trace a generator makes nodes and",
            "workloads of the same shape.",
            "",
            "Examples:",
            "  java -jar berth.jar demo",
            "  java -jar berth.jar demo --trace ../shared/traces/openb --pods default --speed max --headless \\",
            "      --until-done --report target/demo.json",
            "  java -jar berth.jar demo --reset"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int STOP_SECONDS = 60;

    @Option(
            names = "--trace",
            paramLabel = "DIR",
            description = "Directory of an openb-format trace; default: a generator.")
    private @Nullable Path trace;

    @Option(
            names = "--pods",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Pod list of the trace: NAME in openb_pod_list_NAME.csv; default: ${DEFAULT-VALUE}.")
    private String pods = "default";

    @Option(
            names = "--load",
            defaultValue = "0.95",
            description = "GPU demand at the peak over the capacity, 0.01 to 3; default: ${DEFAULT-VALUE}.")
    private double load;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "2",
            description = "Simulated seconds in a second, or max: as fast as the parts can; default: ${DEFAULT-VALUE}.")
    private String speed = "2";

    @Option(names = "--headless", description = "Open no browser.")
    private boolean headless;

    @Option(names = "--until-done", description = "Replay once, wait for the end of all, report and stop.")
    private boolean untilDone;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the report of --until-done is written as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--chaos",
            description = "With --until-done: cut the tunnels every 3 s and restart the gateway twice.")
    private boolean chaos;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of console and API; the next free one is taken; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data is kept; default: ~/.berth/demo, and with --until-done nowhere.")
    private @Nullable Path data;

    @Option(names = "--reset", description = "Remove the data of earlier runs first.")
    private boolean reset;

    @Option(names = "--seed", defaultValue = "42", description = "Seed of the generator; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        DemoOptions options = options();
        Terminal terminal = new Terminal(spec.commandLine().getOut());
        terminal.line("Berth demo");
        Platform platform = new Platform(options, Sites.of(options));
        CountDownLatch stopped = stopOnSignal(platform);
        try {
            platform.start(terminal::done);
            Demo demo = new Demo(options, terminal, platform);
            if (untilDone) {
                return demo.runUntilDone();
            }
            demo.keepRunning();
            stopped.await();
            return 0;
        } finally {
            platform.stop().await(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private DemoOptions options() {
        if (!(load >= 0.01 && load <= 3)) {
            throw new StartRefused(List.of("Expected 0.01 to 3 in --load, but got " + load + "."));
        }
        if (port < 1 || port > 65_535) {
            throw new StartRefused(List.of("Expected 1 to 65535 in --port, but got " + port + "."));
        }
        return new DemoOptions(trace, pods, load, speed(), headless, untilDone, chaos, report, port, data, reset, seed);
    }

    private double speed() {
        if (speed.equals("max")) {
            if (!untilDone) {
                throw new StartRefused(List.of("Expected --until-done with --speed max: at that speed there is nothing"
                        + " to look at. Give a number such as --speed 10."));
            }
            return 0;
        }
        try {
            double factor = Double.parseDouble(speed);
            if (factor >= 0.01 && factor <= 100_000) {
                return factor;
            }
        } catch (NumberFormatException notANumber) {
            // The refusal below says what is wanted.
        }
        throw new StartRefused(
                List.of("Expected a number from 0.01 to 100000 or max in --speed, but got \"" + speed + "\"."));
    }

    private static CountDownLatch stopOnSignal(Platform platform) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runnable stop = () -> {
            try {
                platform.stop().await(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                System.err.println("The demo did not stop in order: " + e.getMessage());
            }
            stopped.countDown();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "berth-demo-stop"));
        return stopped;
    }
}
