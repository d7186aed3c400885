package dev.berth.app;

import dev.berth.runtime.Berth;
import dev.berth.runtime.Roles;
import dev.berth.runtime.Settings;
import dev.berth.runtime.StartRefused;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs role instances until the process is told to stop. */
@Command(
        name = "run",
        description = "Runs roles in this process until it is told to stop.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --config every role runs with its defaults; BERTH_<ROLE>_<KEY> in the environment wins over the file.",
            "Processes with different roles find each other when section process says bus: clustered.",
            "",
            "Examples:",
            "  java -jar berth.jar run",
            "  java -jar berth.jar run --config control-plane.yaml --roles store,api",
            "  java -jar berth.jar run --config control-plane.yaml --check",
            "  java -jar berth.jar run --config control-plane.yaml --roles store --once",
            "  java -jar berth.jar run --config cluster.yaml --roles simulator,operator,scheduler,agent"
        })
final class RunCommand implements Callable<Integer> {
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 30;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with a section for each role; see 'config'.")
    private @Nullable Path config;

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE[@NAME]",
            description = "What to run, such as api,gateway; default: all sections of the file, or all roles.")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--check", description = "Only checks configuration and roles, says every problem and ends.")
    private boolean check;

    @Option(
            names = "--once",
            description = "Ends as soon as all roles are up, which migrates a database with --roles store.")
    private boolean once;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Roles known = Roles.onClassPath();
        Settings settings = config == null ? Settings.empty() : Settings.read(config);
        List<String> instances = instances(known, settings);
        PrintWriter out = spec.commandLine().getOut();
        if (check) {
            Berth.check(known, settings, instances, System.getenv());
            out.println("The configuration of " + String.join(", ", instances) + " is right");
            out.flush();
            return 0;
        }
        out.println("Berth starts " + String.join(", ", instances));
        out.flush();
        Berth berth = await(Berth.start(known, settings, instances, System.getenv()), START_SECONDS);
        out.println(
                "Berth is up" + (berth.healthPort() < 0 ? "" : "; health and metrics on port " + berth.healthPort()));
        out.flush();
        if (once) {
            await(berth.stop(), STOP_SECONDS);
        } else {
            stopOnSignal(berth).await();
        }
        return 0;
    }

    private List<String> instances(Roles known, Settings settings) {
        if (!roles.isEmpty()) {
            return roles;
        }
        return settings.instances().isEmpty()
                ? known.all().stream().map(role -> role.name()).toList()
                : settings.instances();
    }

    private static CountDownLatch stopOnSignal(Berth berth) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                await(berth.stop(), STOP_SECONDS);
                            } catch (Exception e) {
                                System.err.println("Berth did not stop in order: " + e.getMessage());
                            }
                            stopped.countDown();
                        },
                        "berth-stop"));
        return stopped;
    }

    private static <T> T await(Future<T> future, int seconds) throws Exception {
        try {
            return future.await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StartRefused(List.of("Not done after " + seconds + " s. See the log for the part that hangs."));
        }
    }
}
