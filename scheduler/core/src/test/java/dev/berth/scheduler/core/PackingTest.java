package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.model.GpuRequest;
import dev.berth.model.Resources;
import dev.berth.scheduler.core.place.Choice;
import dev.berth.scheduler.core.place.Demand;
import dev.berth.scheduler.core.place.Look;
import dev.berth.scheduler.core.place.NodeSet;
import dev.berth.scheduler.core.place.PoolNodes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Packs a production trace until 130 % of its cluster's GPUs have been asked for, one pod after the other, nothing ever
 * leaving: what part of the GPUs is given away in the end? The class distribution is learned from what arrived.
 */
class PackingTest {
    private static final long GPU_MILLI = 6_212_000;

    @Test
    void packsTheProductionTraceTightly() {
        Path trace = trace();
        assumeTrue(Files.exists(trace), "no trace at " + trace);
        double sum = 0;
        List<String> seeds = List.of("42", "43");
        for (String seed : seeds) {
            long start = System.nanoTime();
            double allocation = replay(trace, seed);
            sum += allocation;
            System.out.printf(
                    "packing default, seed %s: %.2f %% of GPUs at 130 %% load, %.1f s%n",
                    seed, allocation, (System.nanoTime() - start) / 1e9);
        }
        assertThat(sum / seeds.size()).isGreaterThan(95.0);
    }

    private static Path trace() {
        String given = System.getProperty("berth.trace");
        return given != null && !given.isEmpty()
                ? Path.of(given)
                : Path.of(System.getProperty("berth.root", "../.."), "../shared/traces/openb");
    }

    private static double replay(Path trace, String seed) {
        List<NodeState> states = lines(trace.resolve("openb_node_list_gpu_node.csv")).stream()
                .map(PackingTest::node)
                .map(node -> new NodeState(node, List.of()))
                .toList();
        List<Request> pods = lines(trace.resolve("openb_pod_list_default.csv")).stream()
                .map(PackingTest::request)
                .toList();
        int[] order = order(trace.resolve("arrivals_default.csv.gz"), seed);
        Arrivals arrivals = new Arrivals();
        PoolNodes nodes = new PoolNodes();
        nodes.begin(states, new Pool("default", Placement.BINPACK), arrivals.popularity(), Map.of());
        NodeSet everywhere = NodeSet.all(states.size());
        long used = 0;
        for (int row : order) {
            Request request = pods.get(row);
            arrivals.count(request);
            nodes.learn(arrivals.popularity());
            Demand demand = nodes.demand(request);
            Choice chosen = nodes.find(demand, everywhere, Look.NOW);
            if (chosen != null) {
                nodes.count(demand, chosen.place(), -1, -1);
                used += chosen.place().milli();
            }
        }
        return 100.0 * used / GPU_MILLI;
    }

    private static Node node(String line) {
        String[] cell = line.split(",", -1);
        return new Node(
                cell[0],
                "default",
                Map.of(),
                Long.parseLong(cell[1]),
                Long.parseLong(cell[2]) * Resources.MIB,
                1000,
                Integer.parseInt(cell[3]),
                cell[4],
                0,
                true,
                true);
    }

    private static Request request(String line) {
        String[] cell = line.split(",", -1);
        int gpus = Integer.parseInt(cell[3]);
        int milli = Integer.parseInt(cell[4]);
        GpuRequest gpu = gpus == 1 && milli < 1000 ? new GpuRequest.Fraction(1, milli) : new GpuRequest.Whole(gpus);
        return new Request(
                Long.parseLong(cell[1]),
                Long.parseLong(cell[2]) * Resources.MIB,
                gpu,
                cell[5].isEmpty() ? Set.of() : Set.of(cell[5].split("\\|")),
                Map.of());
    }

    private static List<String> lines(Path file) {
        try {
            List<String> all = Files.readAllLines(file);
            return all.subList(1, all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] order(Path file, String seed) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            String line = reader.lines()
                    .filter(one -> one.startsWith("pods," + seed + ","))
                    .findFirst()
                    .orElseThrow();
            return Arrays.stream(line.split(","))
                    .skip(2)
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
