package dev.berth.cli;

import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Link;
import dev.berth.cli.wire.Proxies;
import dev.berth.cli.wire.Server;
import dev.berth.cli.wire.Trust;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of a command: which server, as whom, with which defaults. A flag wins over the environment over the profile. */
final class Session {
    private final Terminal terminal;
    private final Screen screen;
    private final Asked asked;
    private @Nullable Profile profile;

    /** What the command line says about the server; an empty url where it says nothing. */
    record Asked(String url, @Nullable Path caFile, boolean verbose) {}

    Session(Terminal terminal, Screen screen, Asked asked) {
        this.terminal = terminal;
        this.screen = screen;
        this.asked = asked;
    }

    Terminal terminal() {
        return terminal;
    }

    Screen screen() {
        return screen;
    }

    Instant now() {
        return terminal.clock().instant();
    }

    Profile profile() {
        Profile known = profile;
        if (known == null) {
            known = Profile.read(Profile.fileFor(terminal.environment()));
            profile = known;
        }
        return known;
    }

    Server server() {
        String url =
                first(asked.url(), terminal.variable("BERTH_URL"), profile().current());
        return url.isEmpty() ? Server.LOCAL : Server.of(url);
    }

    /** As the user that is signed in, or as nobody. */
    Api api() {
        Server server = server();
        String token = first(
                terminal.variable("BERTH_TOKEN"), profile().at(server.url()).token());
        return api(server, token);
    }

    Api api(Server server, String token) {
        if (!token.matches("[!-~]*")) {
            throw Failure.usage("The token holds characters that no token holds.")
                    .hint("Copy it again, without line breaks and quotes.");
        }
        Path authority = caFile(server);
        var link = new Link(
                server,
                token,
                Proxies.of(terminal.environment(), server),
                authority == null ? null : Trust.in(authority));
        return new Api(link, (method, url, status, millis) -> {
            if (asked.verbose()) {
                screen.note(method + " " + url + "  " + status + "  " + millis + " ms");
            }
        });
    }

    /** The authorities in use; null: those of the JDK. */
    @Nullable
    Path caFile(Server server) {
        Path named = asked.caFile();
        if (named != null) {
            return named;
        }
        String file = first(
                terminal.variable("BERTH_CA_FILE"), profile().at(server.url()).caFile());
        return file.isEmpty() ? null : Path.of(file);
    }

    /** The project of the flag, else of BERTH_PROJECT, else the remembered one; empty: none. */
    String project(String flag) {
        return first(
                flag,
                terminal.variable("BERTH_PROJECT"),
                profile().at(server().url()).project());
    }

    String cluster(String flag) {
        return first(
                flag,
                terminal.variable("BERTH_CLUSTER"),
                profile().at(server().url()).cluster());
    }

    private static String first(String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }
}
