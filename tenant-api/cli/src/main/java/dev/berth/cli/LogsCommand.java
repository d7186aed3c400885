package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Clean;
import dev.berth.cli.wire.Query;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the log of a workload's pod, and follows it if asked. */
@Command(
        name = "logs",
        description = "Prints the log of a workload's pod, through Berth: no kubeconfig is needed.",
        footer = {
            "",
            "Examples:",
            "  berth logs train-7",
            "  berth logs -f --tail 100 train-7",
            "  berth logs train-7 --pod train-7-3 --since 10m --timestamps"
        })
final class LogsCommand implements Callable<Integer> {
    /** How the server's last line begins when the stream ended before the log. */
    private static final String ENDED = "berth: stream ended: ";

    @Parameters(paramLabel = "NAME", description = "The workload, by name or id.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new lines until the container ends.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", description = "Only so many lines from the end.")
    private @Nullable Integer tail;

    @Option(names = "--since", paramLabel = "TIME", description = "Only lines of the last 30s, 10m, 2h, 1d.")
    private String since = "";

    @Option(names = "--previous", description = "Of the container's life before this one.")
    private boolean previous;

    @Option(names = "--timestamps", description = "A time in front of each line.")
    private boolean timestamps;

    @Mixin
    private PodFlags pod = new PodFlags();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::logs);
    }

    private ExitCode logs(Session session) {
        Query query = pod.query(session)
                .with("follow", follow ? "true" : "")
                .with("previous", previous ? "true" : "")
                .with("timestamps", timestamps ? "true" : "")
                .with("since", since.isEmpty() ? "" : Long.toString(seconds(since)))
                .with("tailLines", tail == null ? "" : Integer.toString(tail));
        Terminal terminal = session.terminal();
        // What a pod writes must not steer the terminal of who reads it; a file gets it as it is.
        boolean shown = terminal.person() != null;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                session.api().text(PodFlags.path(name, "logs"), query), StandardCharsets.UTF_8))) {
            String held = lines.readLine();
            while (held != null) {
                String next = lines.readLine();
                if (next == null && held.startsWith(ENDED)) {
                    throw Failure.of(ExitCode.UNREACHABLE, Clean.line(held.substring(ENDED.length())))
                            .hint("Read on: berth logs " + name + " --since 1m");
                }
                terminal.out().println(shown ? Clean.line(held) : held);
                if (!lines.ready()) {
                    terminal.out().flush();
                }
                held = next;
            }
        } catch (IOException broken) {
            throw Failure.of(ExitCode.UNREACHABLE, "The connection to the server broke.")
                    .hint("Read on: berth logs " + name + " --since 1m");
        }
        return ExitCode.OK;
    }

    private static long seconds(String text) {
        if (!text.matches("[1-9][0-9]{0,7}[smhd]")) {
            throw Failure.usage("Expected a time such as 30s, 10m, 2h or 1d as --since, but got \"" + text + "\".");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        Duration since =
                switch (text.charAt(text.length() - 1)) {
                    case 's' -> Duration.ofSeconds(number);
                    case 'm' -> Duration.ofMinutes(number);
                    case 'h' -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        return since.toSeconds();
    }
}
