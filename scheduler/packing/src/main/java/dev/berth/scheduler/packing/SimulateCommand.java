package dev.berth.scheduler.packing;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth.jar simulate}: how densely a policy packs a trace. */
@Command(
        name = "simulate",
        description = {
            "Replays a trace against a placement policy and reports how much of the GPUs it gives away.",
            "",
            "Protocol fgd: pods arrive one by one until they asked for 130 %% of the GPUs; nothing ever leaves, and what does"
                    + " not fit at once fails. Policies: Random, DotProd, GpuClustering, GpuPacking, BestFit, FGD, Berth,"
                    + " BerthLearning."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "DIR holds openb_node_list_gpu_node.csv and openb_pod_list_NAME.csv, and may hold arrivals_NAME.csv.gz; arrivals of"
                    + " other seeds are drawn as the published simulator does.",
            "",
            "Examples:",
            "  java -jar berth.jar simulate --trace ../shared/traces/openb --report target/packing.json",
            "  java -jar berth.jar simulate --trace ../shared/traces/openb --pods default,cpu200 --policy FGD --seeds 42",
            "  java -jar berth.jar simulate --protocol fgd --trace ../shared/traces/openb --pods all --policy all \\",
            "      --seeds 42-51 --report target/packing.json"
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Option(names = "--protocol", paramLabel = "NAME", description = "fgd, the only one; default: ${DEFAULT-VALUE}.")
    private String protocol = "fgd";

    @Option(names = "--trace", paramLabel = "DIR", required = true, description = "Directory of an openb-format trace.")
    private Path trace = Path.of("");

    @Option(
            names = "--pods",
            paramLabel = "NAME",
            split = ",",
            description = "Pod lists of the trace, or all; default: default.")
    private List<String> pods = List.of("default");

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            split = ",",
            description = "Policies by name, or all; default: Berth.")
    private List<String> policies = List.of(PolicyName.Berth.name());

    @Option(
            names = "--seeds",
            paramLabel = "A-B",
            converter = SeedRange.Reader.class,
            description = "A seed or a range of them; default: ${DEFAULT-VALUE}.")
    private SeedRange seeds = new SeedRange(42, 51);

    @Option(names = "--report", paramLabel = "FILE", description = "Where the report goes as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--charts",
            paramLabel = "DIR",
            description = "Where the curves go as SVG, one file for each pod list; the first policy is emphasised.")
    private @Nullable Path charts;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        TraceFolder folder = new TraceFolder(trace);
        List<PolicyName> chosen = chosenPolicies();
        List<String> lists = chosenPods(folder);
        check();
        List<Outcome> outcomes = new ArrayList<>();
        for (String list : lists) {
            Simulation simulation = open(folder, list);
            for (PolicyName policy : chosen) {
                Outcome outcome = simulation.run(policy, seeds, this::progress);
                out(summary(outcome));
                outcomes.add(outcome);
            }
        }
        if (report != null) {
            Files.write(report, Report.json(protocol, outcomes));
            out("Report: " + report);
        }
        if (charts != null) {
            for (String list : lists) {
                draw(charts, list, outcomes);
            }
        }
        return 0;
    }

    private void draw(Path folder, String list, List<Outcome> outcomes) throws IOException {
        Path file = folder.resolve(list + ".svg");
        List<Outcome> its =
                outcomes.stream().filter(outcome -> outcome.pods().equals(list)).toList();
        Files.writeString(file, CurveChart.of(list, its));
        out("Chart: " + file);
    }

    /** What can be refused at once must not be refused after minutes of work. */
    private void check() {
        if (!protocol.equals("fgd")) {
            throw refused("Expected fgd as --protocol, but got \"" + protocol + "\".");
        }
        Path parent = report == null ? null : report.toAbsolutePath().getParent();
        if (report != null && (Files.isDirectory(report) || parent == null || !Files.isWritable(parent))) {
            throw refused("Expected a file in a writable directory as --report, but got " + report + ".");
        }
        if (charts != null && !Files.isWritable(charts)) {
            throw refused("Expected a writable directory as --charts, but got " + charts + ".");
        }
    }

    private List<PolicyName> chosenPolicies() {
        if (policies.equals(List.of(ALL))) {
            return List.of(PolicyName.values());
        }
        return policies.stream()
                .map(name -> Arrays.stream(PolicyName.values())
                        .filter(policy -> policy.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow(() -> refused("Expected one of " + Arrays.toString(PolicyName.values())
                                + " or all as --policy, but got \"" + name + "\".")))
                .distinct()
                .toList();
    }

    private List<String> chosenPods(TraceFolder folder) throws IOException {
        if (!folder.hasNodes()) {
            throw refused("Expected " + TraceFolder.NODES + " in --trace, but " + trace + " has none.");
        }
        List<String> present = folder.podLists();
        if (pods.equals(List.of(ALL))) {
            return present;
        }
        for (String name : pods) {
            if (!present.contains(name)) {
                throw refused("Expected a pod list of the trace as --pods, but got \"" + name + "\". There are "
                        + String.join(", ", present) + ".");
            }
        }
        return pods.stream().distinct().toList();
    }

    private Simulation open(TraceFolder folder, String list) throws IOException {
        try {
            return Simulation.open(folder, list, System::nanoTime);
        } catch (IllegalArgumentException malformed) {
            throw refused("Cannot read pod list " + list + " of " + trace + ": " + malformed.getMessage());
        }
    }

    private ParameterException refused(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private void progress(Outcome soFar, Run run) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "%s %s seed %d: %.2f %% allocated (%d of %d)%n",
                soFar.pods(),
                soFar.policy(),
                run.seed(),
                100 * run.allocation(),
                soFar.runs(),
                seeds.seeds().size());
        err.flush();
    }

    private static String summary(Outcome outcome) {
        Outcome.Spread allocation = outcome.allocation();
        return String.format(
                Locale.ROOT,
                "%-12s %-13s %.2f ± %.2f %% allocated, %.2f %% fragmented, %.1f multi-GPU pods failed, %.0f µs a decision",
                outcome.pods(),
                outcome.policy(),
                100 * allocation.mean(),
                100 * allocation.sd(),
                100 * outcome.fragmentation().mean(),
                outcome.failures(Run.Failures::multiGpu).mean(),
                outcome.microsPerDecision());
    }

    private void out(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
