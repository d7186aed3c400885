package dev.berth.loadtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.berth.tunnel.JoinToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agents}: many clusters report through their tunnels at a steady rate. */
@Command(
        name = "agents",
        description = {
            "Many agents hold a tunnel each and report workload status at a steady rate.",
            "",
            "Without --gateway a PostgreSQL and a gateway are started in this process, filled with tenants, clusters and"
                    + " workloads, and read afterwards: a report that was acknowledged and is not there counts as lost."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Exit code: 0 nothing was lost, 1 something was, 2 wrong usage.",
            "",
            "Examples:",
            "  java -jar berth-loadtest.jar agents --count 200 --rate 1000 --seconds 30 --report report.json",
            "  java -jar berth-loadtest.jar agents --count 50 --rate 500 --cut-every 3000",
            "  java -jar berth-loadtest.jar agents --gateway wss://berth.example --ca ca.pem --join-tokens tokens.txt --count 20"
        })
final class AgentsCommand implements Callable<Integer> {
    static final int LOST = 1;

    @Option(names = "--count", paramLabel = "N", description = "Agents, 1 to 20000; default ${DEFAULT-VALUE}.")
    private int count = 200;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Reports a second, of all together; default ${DEFAULT-VALUE}.")
    private int rate = 1_000;

    @Option(names = "--seconds", paramLabel = "S", description = "Seconds of load; default ${DEFAULT-VALUE}.")
    private int seconds = 30;

    @Option(names = "--objects", paramLabel = "N", description = "Workloads of each cluster; default ${DEFAULT-VALUE}.")
    private int objects = 10;

    @Option(
            names = "--tenants",
            paramLabel = "N",
            description = "Tenants that own the clusters; default ${DEFAULT-VALUE}.")
    private int tenants = 10;

    @Option(names = "--cut-every", paramLabel = "MS", description = "Reset all tunnels this often; default: never.")
    private int cutEveryMillis;

    @Option(names = "--tls", description = "TLS 1.3 between agents and the gateway of this process.")
    private boolean tls;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "A gateway that runs, ws://host:port or wss://host:port.")
    private @Nullable String gateway;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file of the authority of that gateway's certificate.")
    private @Nullable Path authority;

    @Option(
            names = "--join-tokens",
            paramLabel = "FILE",
            description = "Unused join tokens at that gateway, one a line, as many as agents.")
    private @Nullable Path joinTokens;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the JSON report goes; default: standard output.")
    private @Nullable Path report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Load load = new Load(count, rate, seconds, Math.max(0, cutEveryMillis));
        String problem = problem();
        if (problem != null) {
            throw new ParameterException(spec.commandLine(), problem);
        }
        AgentsReport outcome;
        try (ControlPlane plane = plane()) {
            outcome = new AgentsScenario(plane, load, System::nanoTime).run();
        }
        write(outcome);
        return outcome.lost() == 0 ? 0 : LOST;
    }

    private @Nullable String problem() {
        if (count < 1 || count > 20_000 || rate < 1 || seconds < 1 || objects < 1 || tenants < 1) {
            return "Expected 1 to 20000 agents and a positive rate, time, and number of objects and tenants.";
        }
        if (gateway != null && joinTokens == null) {
            return "Expected --join-tokens with --gateway: agents need a way in.";
        }
        if (gateway != null && (tls || cutEveryMillis > 0)) {
            return "Expected --tls and --cut-every only where the gateway runs in this process.";
        }
        return null;
    }

    private ControlPlane plane() throws IOException {
        if (gateway == null || joinTokens == null) {
            return OwnControlPlane.start(new OwnControlPlane.Size(count, Math.min(tenants, count), objects), tls);
        }
        List<JoinToken> tokens = Files.readAllLines(joinTokens).stream()
                .filter(line -> !line.isBlank())
                .map(JoinToken::parse)
                .toList();
        if (tokens.size() < count) {
            throw new ParameterException(
                    spec.commandLine(), "Expected " + count + " join tokens, but the file has " + tokens.size() + ".");
        }
        return new GivenControlPlane(gateway, authority, tokens.subList(0, count));
    }

    private void write(AgentsReport outcome) throws IOException {
        String json = json(outcome);
        PrintWriter out = spec.commandLine().getOut();
        if (report == null) {
            out.println(json);
        } else {
            Files.writeString(report, json + System.lineSeparator());
            out.println(outcome.sentence());
        }
        out.flush();
    }

    private static String json(AgentsReport outcome) throws JsonProcessingException {
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(outcome);
    }
}
