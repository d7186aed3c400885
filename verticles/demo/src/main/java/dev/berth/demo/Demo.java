package dev.berth.demo;

import dev.berth.demo.ClusterPart.Simulated;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the first line on the terminal to the last. */
final class Demo {
    private static final int SAVE_MILLIS = 60_000;

    private final DemoOptions options;
    private final Terminal terminal;

    Demo(DemoOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    Future<Platform> start() {
        List<Site> sites = Sites.of(options);
        Path data = DataDirectory.open(options);
        return Platform.start(options, sites, data, terminal::done).onSuccess(platform -> greet(sites));
    }

    private void greet(List<Site> sites) {
        for (Site site : sites) {
            terminal.done(String.format(
                    "simulated cluster %s connected: %,d nodes, %,d GPUs, %s",
                    site.cluster(), site.trace().nodes().size(), site.trace().gpus(), site.trace().title()));
        }
    }

    /** A replay that ends; succeeds with the exit code. */
    Future<Integer> run(Platform platform) {
        Run run = new Run(platform, options);
        Runnable quiet = terminal.every(platform.vertx(), run::progress);
        return run.start().onComplete(done -> quiet.run()).map(result -> {
            Path file = options.report();
            if (file != null) {
                write(file, result);
                terminal.done("report written to " + file);
            } else {
                terminal.line(result.report().encodePrettily());
            }
            result.complaints().forEach(terminal::problem);
            return result.good() ? 0 : 1;
        });
    }

    /** A replay without end: succeeds when it runs. */
    Future<Void> keepRunning(Platform platform) {
        List<Feed> feeds = new ArrayList<>();
        for (Simulated simulated : platform.clusters().clusters()) {
            feeds.add(platform.feed(simulated, new Submitted()));
        }
        Replay replay = new Replay(platform.vertx(), platform.clusters().clock(), feeds, options.speed());
        replay.start().onFailure(failure -> terminal.problem("The replay ended: " + failure.getMessage()));
        platform.vertx()
                .setPeriodic(
                        SAVE_MILLIS,
                        timer -> platform.save()
                                .onFailure(failure ->
                                        terminal.problem("The clusters were not saved: " + failure.getMessage())));
        return platform.controlPlane().link().map(link -> {
            terminal.line("");
            terminal.line("  Console   " + link + "   (one-time link, signs you in as admin)");
            terminal.line("  Stop with Ctrl-C; the next start goes on from here. --reset begins anew.");
            if (!options.headless()) {
                Browser.open(link);
            }
            return null;
        });
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
