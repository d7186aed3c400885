package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Api;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of a submission that stays until the workload runs or ends. */
final class WaitFlags {
    static final String STANDARD_TIMEOUT = "1h";

    @Option(names = "--wait", description = "Wait until it runs.")
    private boolean untilRunning;

    @Option(names = "--follow", description = "Wait until it ends, and tell each change.")
    private boolean untilEnd;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Wait no longer, such as 90s or 2h; standard 1h.")
    private String timeout = STANDARD_TIMEOUT;

    boolean wanted() {
        return untilRunning || untilEnd;
    }

    void check(int workloads) {
        if (wanted() && workloads != 1) {
            throw Failure.usage("--wait and --follow are for one workload.");
        }
        Duration unused = Amount.span("--timeout", timeout);
        assert !unused.isNegative();
    }

    ExitCode run(Session session, Api api, JsonNode workload) {
        return new Waiting(session, api, workload, untilEnd).run(Amount.span("--timeout", timeout));
    }
}
