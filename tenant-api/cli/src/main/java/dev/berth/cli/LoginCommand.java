package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Clean;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Query;
import dev.berth.cli.wire.Server;
import dev.berth.cli.wire.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs in and remembers it. No secret is ever an argument, since every user of a machine can read those. */
@Command(
        name = "login",
        description = "Signs in to a server and remembers it in a file that only you can read.",
        footer = {
            "",
            "Examples:",
            "  berth login https://berth.example.org            asks for email and password",
            "  berth login --link                               asks for a one-time link, which is used up",
            "  berth login https://berth.example.org --token-stdin < token",
            "  BERTH_URL=... BERTH_TOKEN=... berth get workloads   without signing in, for scripts"
        })
final class LoginCommand implements Callable<Integer> {
    private static final int MAX_SECRET = 4096;
    private static final Pattern LINK = Pattern.compile("(.*)[?&]token=([^&#\\s]+).*");

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "The server; else BERTH_URL, else the last one, else http://localhost:8080.")
    private String url = "";

    @Option(names = "--email", paramLabel = "EMAIL", description = "Who signs in; asked for when absent.")
    private String email = "";

    @ArgGroup(exclusive = true)
    private Way way = new Way();

    @Mixin
    private Common common = new Common();

    /** Where the secret comes from when it is not asked for. */
    static final class Way {
        @Option(names = "--token-stdin", description = "Read a personal access token from standard input.")
        private boolean token;

        @Option(names = "--password-stdin", description = "Read the password from standard input; goes with --email.")
        private boolean password;

        @Option(names = "--link", description = "Sign in with a one-time link, asked for or read from standard input.")
        private boolean link;
    }

    private record SignedIn(Server server, String token, String expiresAt, JsonNode who) {}

    @Override
    public Integer call() {
        return common.run(this::login);
    }

    private ExitCode login(Session session) {
        Server server = url.isEmpty() ? session.server() : Server.of(url);
        SignedIn signedIn;
        if (way.token) {
            signedIn = byToken(session, server);
        } else if (way.link) {
            signedIn = byLink(session, server);
        } else {
            signedIn = byPassword(session, server);
        }
        remember(session, signedIn);
        if (signedIn.server().readableOnTheWay()) {
            session.screen()
                    .note("Warning: the connection to " + signedIn.server().url()
                            + " is not encrypted; others on the way can read your token.");
        }
        JsonNode user = signedIn.who().path("user");
        String until = signedIn.expiresAt().isEmpty() ? "" : ", until " + signedIn.expiresAt();
        session.screen()
                .say(Clean.line("Signed in to " + signedIn.server().url() + " as "
                        + user.path("email").asText() + " (" + user.path("role").asText() + "), tenant "
                        + signedIn.who().at("/tenant/name").asText() + until));
        return ExitCode.OK;
    }

    private static SignedIn byToken(Session session, Server server) {
        String token = firstLine(session.terminal().in(), "a token");
        JsonNode who = session.api(server, token).get("/auth/me", Query.NONE);
        return new SignedIn(server, token, "", who);
    }

    private SignedIn byLink(Session session, Server asked) {
        Terminal.Person person = session.terminal().person();
        String pasted = person == null
                ? firstLine(session.terminal().in(), "a one-time link")
                : person.askSecret("One-time link (not shown): ").strip();
        Matcher link = LINK.matcher(pasted);
        boolean whole = link.matches();
        Server server = whole && url.isEmpty() && !link.group(1).isEmpty() ? Server.of(link.group(1)) : asked;
        ObjectNode body = Tree.object().put("token", whole ? link.group(2) : pasted);
        return opened(server, session.api(server, "").post("/auth/one-time", Query.NONE, body));
    }

    private SignedIn byPassword(Session session, Server server) {
        Terminal.Person person = session.terminal().person();
        if (person == null && (email.isEmpty() || !way.password)) {
            throw Failure.of(ExitCode.NOT_SIGNED_IN, "Nobody can be asked for a password here.")
                    .hint("Take --token-stdin, --link or --email with --password-stdin, or set BERTH_TOKEN.");
        }
        if (person != null) {
            session.screen().note("Signing in to " + server.url());
        }
        String who = email.isEmpty() && person != null ? person.ask("Email: ").strip() : email;
        String password = way.password || person == null
                ? firstLine(session.terminal().in(), "a password")
                : person.askSecret("Password: ");
        Api api = session.api(server, "");
        ObjectNode body = Tree.object().put("email", who).put("password", password);
        return opened(server, api.post("/auth/sign-in", Query.NONE, body));
    }

    private static SignedIn opened(Server server, JsonNode answer) {
        return new SignedIn(
                server, answer.path("token").asText(), answer.path("expiresAt").asText(""), answer);
    }

    private static void remember(Session session, SignedIn signedIn) {
        Profile profile = session.profile();
        String address = signedIn.server().url();
        Profile.Remembered before = profile.at(address);
        Path authority = session.caFile(signedIn.server());
        profile.remember(
                address,
                new Profile.Remembered(
                        signedIn.token(),
                        signedIn.who().at("/user/email").asText(),
                        signedIn.expiresAt(),
                        before.project(),
                        before.cluster(),
                        authority == null ? "" : authority.toAbsolutePath().toString()));
        profile.use(address);
        profile.save();
    }

    private static String firstLine(InputStream in, String what) {
        try {
            String text = new String(in.readNBytes(MAX_SECRET), StandardCharsets.UTF_8);
            String line = text.lines().findFirst().orElse("");
            if (!line.isBlank()) {
                return line.strip();
            }
        } catch (IOException unreadable) {
            // The same as nothing.
        }
        throw Failure.usage("Expected " + what + " on standard input, but there was nothing.");
    }
}
