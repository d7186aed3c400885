package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.util.List;
import java.util.function.Consumer;

/** Does the same to several objects: one refusal does not keep the others from it. */
record EachTarget(Session session) {
    /** The code of the first failure; a server that cannot be reached or does not know us ends the round. */
    ExitCode run(List<Target> targets, Consumer<Target> act) {
        ExitCode code = ExitCode.OK;
        for (Target target : targets) {
            try {
                act.accept(target);
            } catch (Failure failure) {
                boolean hopeless = failure.code() == ExitCode.UNREACHABLE || failure.code() == ExitCode.NOT_SIGNED_IN;
                if (hopeless || targets.size() == 1) {
                    throw failure;
                }
                session.screen().fail(failure);
                code = code == ExitCode.OK ? failure.code() : code;
            }
        }
        return code;
    }
}
