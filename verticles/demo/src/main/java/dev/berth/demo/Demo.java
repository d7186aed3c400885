package dev.berth.demo;

import dev.berth.demo.ClusterPart.Simulated;
import dev.berth.demo.host.Browser;
import dev.berth.demo.host.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What happens on a platform that runs: a replay that ends and is reported, or one that goes on until it is stopped. */
final class Demo {
    private static final int SAVE_MILLIS = 60_000;

    private final DemoOptions options;
    private final Terminal terminal;
    private final Platform platform;

    Demo(DemoOptions options, Terminal terminal, Platform platform) {
        this.options = options;
        this.terminal = terminal;
        this.platform = platform;
    }

    /** Replays once and reports; returns the exit code. To be called on no event loop. */
    int runUntilDone() {
        Run run = new Run(platform, options);
        Runnable quiet = terminal.every(platform.vertx(), run::progress);
        Run.Result result = run.start().onComplete(done -> quiet.run()).await();
        Path file = options.report();
        if (file == null) {
            terminal.line(result.report().encodePrettily());
        } else {
            write(file, result);
            terminal.done("report written to " + file);
        }
        result.complaints().forEach(terminal::problem);
        return result.good() ? 0 : 1;
    }

    /** Replays without end, in the background. To be called on no event loop. */
    void keepRunning() {
        List<Feed> feeds = new ArrayList<>();
        for (Simulated simulated : platform.clusters().clusters()) {
            feeds.add(platform.feed(simulated, new Submitted()));
        }
        Replay replay = new Replay(platform.vertx(), platform.clusters().clock(), feeds, options.speed());
        platform.fedBy(replay::stop);
        replay.start();
        save();
        platform.vertx().setPeriodic(SAVE_MILLIS, timer -> save());
        String link = platform.controlPlane().link().await();
        terminal.line("");
        terminal.line("  Console   " + link + "   (one-time link, signs you in as admin)");
        terminal.line("  Stop with Ctrl-C; the next start goes on from here. --reset begins anew.");
        if (!options.headless()) {
            Browser.open(link);
        }
    }

    private void save() {
        platform.save().onFailure(failure -> terminal.problem("The clusters were not saved: " + failure.getMessage()));
    }

    private static void write(Path file, Run.Result result) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, result.report().encodePrettily() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the report to " + file, e);
        }
    }
}
