package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.outcome.Nearest;
import dev.berth.cli.show.Clean;
import dev.berth.cli.wire.Server;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is remembered of servers. */
@Command(
        name = "context",
        description = "Shows the servers that are remembered, and changes which one and which project is standard.",
        footer = {
            "",
            "Examples:",
            "  berth context                                    where you are signed in",
            "  berth context use https://berth.example.org",
            "  berth context set --project vision --cluster borealis",
            "  berth context delete http://localhost:8080"
        })
final class ContextCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "list (standard), use, set or delete.")
    private String action = "list";

    @Parameters(index = "1", arity = "0..1", paramLabel = "URL", description = "The server to use or to forget.")
    private String url = "";

    @Option(
            names = {"-p", "--project"},
            paramLabel = "NAME",
            description = "With set: project where a command names none; empty: none.")
    private @Nullable String project;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "With set: cluster where a command names none; empty: none.")
    private @Nullable String cluster;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::act);
    }

    private ExitCode act(Session session) {
        switch (action) {
            case "list" -> list(session);
            case "use" -> use(session);
            case "set" -> set(session);
            case "delete" -> delete(session);
            default -> throw Failure.usage("Expected list, use, set or delete, but got \"" + action + "\".");
        }
        return ExitCode.OK;
    }

    private static void list(Session session) {
        Profile profile = session.profile();
        if (profile.urls().isEmpty()) {
            session.screen().note("No server is remembered. Sign in: berth login URL");
        }
        for (String known : profile.urls()) {
            Profile.Remembered server = profile.at(known);
            session.screen()
                    .say(Clean.line((known.equals(profile.current()) ? "* " : "  ")
                            + known
                            + (server.token().isEmpty() ? "  signed out" : "  " + server.email())
                            + (server.project().isEmpty() ? "" : "  project " + server.project())
                            + (server.cluster().isEmpty() ? "" : "  cluster " + server.cluster())));
        }
    }

    private void use(Session session) {
        Profile profile = session.profile();
        profile.use(known(profile));
        profile.save();
        session.screen().say("Commands now go to " + profile.current());
    }

    private void set(Session session) {
        if (project == null && cluster == null) {
            throw Failure.usage("Expected --project or --cluster to set.");
        }
        Profile profile = session.profile();
        String current = session.server().url();
        Profile.Remembered before = profile.at(current);
        profile.remember(
                current,
                new Profile.Remembered(
                        before.token(),
                        before.email(),
                        before.expiresAt(),
                        project == null ? before.project() : project,
                        cluster == null ? before.cluster() : cluster,
                        before.caFile()));
        profile.use(current);
        profile.save();
        list(session);
    }

    private void delete(Session session) {
        Profile profile = session.profile();
        String gone = known(profile);
        profile.forget(gone);
        profile.save();
        session.screen().say("Forgot " + gone);
    }

    private String known(Profile profile) {
        if (url.isEmpty()) {
            throw Failure.usage("Expected the address of the server.");
        }
        String address = Server.of(url).url();
        if (!profile.urls().contains(address)) {
            throw Failure.of(ExitCode.NOT_FOUND, address + " is not remembered.")
                    .hint(Nearest.question(address, profile.urls()));
        }
        return address;
    }
}
