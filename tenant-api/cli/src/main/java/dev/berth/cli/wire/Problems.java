package dev.berth.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns refusals (problem+json) and broken connections into what a person can act on. */
public final class Problems {
    private Problems() {}

    static Failure of(Server server, int status, String text) {
        JsonNode body;
        try {
            body = Tree.read(text);
        } catch (IOException notJson) {
            body = Tree.object();
        }
        if (body.path("detail").isTextual()) {
            return of(body, server);
        }
        return Failure.of(ExitCode.ofStatus(status), server.url() + " answers " + status + " and does not say why.")
                .answered(status, "")
                .hint("Is it the address of a Berth server, and does every proxy on the way let it through?");
    }

    /** A problem as it stands in an answer or an event. */
    public static Failure of(JsonNode problem, Server server) {
        int status = problem.path("status").asInt();
        Failure failure =
                Failure.of(ExitCode.ofStatus(status), problem.path("detail").asText());
        for (JsonNode error : problem.path("errors")) {
            failure = failure.detail(
                    field(error.path("pointer").asText()) + error.path("detail").asText());
        }
        String hint = problem.path("hint").asText("");
        if (status == 401) {
            hint = "Sign in: berth login " + server.url();
        }
        return failure.hint(hint).answered(status, reference(problem));
    }

    private static String reference(JsonNode problem) {
        return "request " + problem.path("requestId").asText("-") + " · code "
                + problem.path("code").asText("-");
    }

    /** {@code /spec/workers} as people write it. */
    public static String field(String pointer) {
        return pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.') + ": ";
    }

    static Failure moved(Server server, @Nullable String location) {
        return Failure.of(ExitCode.FAILED, server.url() + " sends callers on to " + location + ".")
                .hint("Sign in there if you trust it: berth login ADDRESS");
    }

    /** No answer came. */
    public static Failure unreachable(Server server, IOException broken) {
        String url = server.url();
        if (broken instanceof SSLException) {
            return Failure.of(ExitCode.UNREACHABLE, "The connection to " + url + " cannot be trusted: " + said(broken))
                    .hint("If an authority of your own signs for it, name its certificate with --ca-file.");
        }
        String why = said(broken);
        if (broken instanceof UnknownHostException) {
            why = "there is no such host";
        } else if (broken instanceof SocketTimeoutException) {
            why = "it does not answer";
        }
        return Failure.of(ExitCode.UNREACHABLE, "Cannot reach " + url + ": " + why)
                .hint("Does it run, and is the address right? BERTH_URL or berth login ADDRESS sets another.");
    }

    private static String said(IOException broken) {
        String message = broken.getMessage();
        return message == null ? broken.getClass().getSimpleName() : message;
    }
}
