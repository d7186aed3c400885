package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Query;
import dev.berth.cli.wire.Server;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the session at the server and forgets the token. */
@Command(
        name = "logout",
        description = "Ends the session and forgets it here.",
        footer = {"", "Example:", "  berth logout"})
final class LogoutCommand implements Callable<Integer> {
    private static final String PERSONAL = "berth_pat_";

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(LogoutCommand::logout);
    }

    private static ExitCode logout(Session session) {
        Server server = session.server();
        Profile profile = session.profile();
        Profile.Remembered known = profile.at(server.url());
        if (known.token().isEmpty()) {
            session.screen().note("Nobody is signed in to " + server.url() + ".");
            return ExitCode.OK;
        }
        profile.remember(server.url(), known.signedOut());
        profile.save();
        if (!known.token().startsWith(PERSONAL)) {
            endSession(session, server, known.token());
        } else {
            session.screen().note("The personal access token stays valid until it is revoked.");
        }
        session.screen().say("Signed out of " + server.url());
        return ExitCode.OK;
    }

    private static void endSession(Session session, Server server, String token) {
        try {
            session.api(server, token).post("/auth/sign-out", Query.NONE, null);
        } catch (Failure failure) {
            if (failure.code() != ExitCode.NOT_SIGNED_IN) {
                session.screen().note("The server could not be told; its session ends by itself.");
            }
        }
    }
}
