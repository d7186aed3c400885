package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Ages;
import dev.berth.cli.show.Clean;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Query;
import dev.berth.model.Phase;
import dev.berth.model.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Follows one workload until it runs, or until it ends, and tells each state on the way. */
final class Waiting implements Watch.Listener {
    private final Session session;
    private final Api api;
    private final boolean untilEnd;
    private final String id;
    private final String name;
    private final String project;
    private final Instant began;
    private String told = "";
    private boolean seen;
    private @Nullable ExitCode outcome;
    private @Nullable Failure failure;

    Waiting(Session session, Api api, JsonNode workload, boolean untilEnd) {
        this.session = session;
        this.api = api;
        this.untilEnd = untilEnd;
        id = workload.at("/metadata/id").asText();
        name = workload.at("/metadata/name").asText();
        project = workload.at("/spec/project").asText();
        began = session.now();
    }

    ExitCode run(Duration timeout) {
        if (session.terminal().person() != null) {
            session.screen().note("Waiting; Ctrl-C ends the waiting, not the workload.");
        }
        Query query = Query.NONE.with("project", project).with("q", name);
        boolean inTime = new Watch(session, api, Kind.WORKLOAD, query, this)
                .until(began.plus(timeout))
                .run();
        Failure broken = failure;
        if (broken != null) {
            throw broken;
        }
        if (!inTime) {
            String state = told.isEmpty() ? "nothing was heard of it" : "it is still " + told;
            throw Failure.of(
                            ExitCode.TIMED_OUT,
                            name + " did not " + (untilEnd ? "end" : "start") + " within " + Ages.of(timeout) + "; "
                                    + state)
                    .hint("It goes on. See: berth explain " + name + " --project " + project);
        }
        ExitCode code = outcome;
        return code == null ? ExitCode.OK : code;
    }

    @Override
    public boolean changed(String type, JsonNode workload) {
        if (!workload.at("/metadata/id").asText().equals(id)) {
            return true;
        }
        seen = true;
        if (type.equals("DELETED")) {
            return gone();
        }
        String phase = workload.at("/status/phase").asText();
        String reason = workload.at("/status/reason").asText();
        tell(workload, phase, reason);
        if (phase.equals(Phase.SUCCEEDED.word()) || (phase.equals(Phase.RUNNING.word()) && !untilEnd)) {
            outcome = ExitCode.OK;
            return false;
        }
        ExitCode code = bad(phase, reason);
        if (code == null) {
            return true;
        }
        failure = Failure.of(
                        code, name + " is " + Clean.line(phase + (reason.isEmpty() ? "" : " (" + reason + ")")) + ".")
                .hint("See: berth explain " + name + " --project " + project);
        return false;
    }

    private static @Nullable ExitCode bad(String phase, String reason) {
        if (phase.equals(Phase.FAILED.word())) {
            return ExitCode.WORKLOAD_FAILED;
        }
        if (phase.equals(Phase.STOPPING.word()) || phase.equals(Phase.SUSPENDED.word())) {
            return ExitCode.STOPPED;
        }
        return reason.equals(Reason.NEVER_FITS.word()) ? ExitCode.DENIED : null;
    }

    private boolean gone() {
        failure = Failure.of(ExitCode.STOPPED, name + " was deleted.");
        return false;
    }

    @Override
    public boolean caughtUp() {
        return seen || gone();
    }

    private void tell(JsonNode workload, String phase, String reason) {
        String state = Clean.line(phase + (reason.isEmpty() ? "" : " (" + reason + ")"));
        if (state.equals(told)) {
            return;
        }
        told = state;
        String message = Clean.line(workload.at("/status/message").asText());
        String node = workload.at("/status/pods/0/node").asText("");
        boolean placed = phase.equals(Phase.RUNNING.word()) && !node.isEmpty() && !node.equals("null");
        String where = placed ? " on node " + Clean.line(node) : "";
        session.screen()
                .note(name + " " + state + where + (message.isEmpty() ? "" : ": " + message) + "  ("
                        + Ages.of(Duration.between(began, session.now())) + ")");
    }
}
