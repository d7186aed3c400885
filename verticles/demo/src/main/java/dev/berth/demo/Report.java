package dev.berth.demo;

import dev.berth.demo.ClusterPart.Simulated;
import dev.berth.demo.watch.IndependentChecker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** The figures of a run that ended, each counted from what was seen. */
final class Report {
    private static final double MICROS = 1000.0;

    private final Simulated simulated;
    private final Submitted submitted;
    private final Measures measures;
    private final Map<String, Integer> phases = new TreeMap<>();
    private final Map<String, Integer> neverFits = new TreeMap<>();
    private final Set<String> missing;
    private final List<String> ends = new ArrayList<>();
    private int unsettled;

    Report(Simulated simulated, Submitted submitted, Measures measures) {
        this.simulated = simulated;
        this.submitted = submitted;
        this.measures = measures;
        this.missing = new HashSet<>(submitted.ids());
    }

    /** Counts a workload as the control plane shows it at the end. */
    void count(JsonObject workload) {
        missing.remove(workload.getJsonObject("metadata").getString("id"));
        JsonObject status = workload.getJsonObject("status");
        String phase = status.getString("phase");
        phases.merge(phase, 1, Integer::sum);
        ends.add(workload.getJsonObject("metadata").getString("name") + " " + phase + " " + status.getString("reason"));
        if (status.getString("reason").equals("NeverFits")) {
            neverFits.merge(status.getString("message"), 1, Integer::sum);
        } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
            unsettled++;
        }
    }

    JsonObject json(DemoOptions options, Comparison comparison) {
        IndependentChecker checker = simulated.checker();
        int finished = phases.getOrDefault("Succeeded", 0) + phases.getOrDefault("Failed", 0);
        return new JsonObject()
                .put("trace", simulated.site().trace().title())
                .put("load", options.load())
                .put("submitted", submitted.accepted())
                .put("refused", sum(submitted.refusals()))
                .put("nodes", checker.nodes())
                .put("gpus", checker.gpus())
                .put("finished", finished)
                .put("neverFits", sum(neverFits))
                .put("neverFitsReasons", new JsonObject(new HashMap<>(neverFits)))
                .put("phases", new JsonObject(new HashMap<>(phases)))
                .put("finalState", digest())
                .put("unsettled", unsettled)
                .put("lost", missing.size() + submitted.unanswered())
                .put("duplicateBindings", checker.duplicateBindings())
                .put("evicted", checker.takenAway())
                .put("overcommitViolations", checker.overcommitViolations())
                .put("violations", new JsonArray(checker.examples()))
                .put("controlPlaneEqualsCluster", comparison.equal())
                .put("comparedObjects", comparison.compared())
                .put("differences", new JsonArray(comparison.examples()))
                .put("seconds", measures.seconds())
                .put("workloadsPerSecond", submitted.accepted() / measures.seconds())
                .put("submitToBoundMillis", quantiles(submitToBound(), 1))
                .put(
                        "gpuAllocation",
                        new JsonObject().put("max", checker.peakAllocation()).put("mean", measures.meanAllocation()))
                .put("cycleMillis", quantiles(measures.cycleMicros(), MICROS))
                .put("tunnelCuts", measures.tunnelCuts())
                .put("gatewayRestarts", measures.gatewayRestarts())
                .put("machine", machine());
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether nothing is lost, wrong or left over. */
    boolean good(Comparison comparison) {
        IndependentChecker checker = simulated.checker();
        return missing.isEmpty()
                && submitted.unanswered() == 0
                && unsettled == 0
                && checker.duplicateBindings() == 0
                && checker.overcommitViolations() == 0
                && comparison.equal();
    }

    private Histogram submitToBound() {
        Histogram histogram = new Histogram(3);
        Map<String, Long> boundAt = simulated.checker().boundAt();
        submitted.acceptedAt().forEach((id, at) -> {
            Long bound = boundAt.get(id);
            if (bound != null) {
                histogram.recordValue(Math.max(0, bound - at));
            }
        });
        return histogram;
    }

    private static JsonObject quantiles(Histogram histogram, double unit) {
        return new JsonObject()
                .put("count", histogram.getTotalCount())
                .put("p50", histogram.getValueAtPercentile(50) / unit)
                .put("p99", histogram.getValueAtPercentile(99) / unit)
                .put("max", histogram.getMaxValue() / unit);
    }

    /** Equal for two runs in which every workload ended alike. */
    private String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            ends.stream().sorted().forEach(end -> sha256.update((end + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }

    private static JsonObject machine() {
        Runtime runtime = Runtime.getRuntime();
        return new JsonObject()
                .put("cores", runtime.availableProcessors())
                .put("maxHeapMiB", runtime.maxMemory() >> 20)
                .put("java", Runtime.version().toString());
    }

    /** What went wrong, in plain lines. */
    List<String> complaints(Comparison comparison) {
        List<String> lines = new ArrayList<>(simulated.checker().examples());
        lines.addAll(comparison.examples());
        submitted.refusals().forEach((why, count) -> lines.add(count + " workloads were refused: " + why));
        return lines;
    }
}
