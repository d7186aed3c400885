package dev.berth.scheduler.core.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.DeviceClaim;
import dev.berth.scheduler.core.Placement;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Pool;
import dev.berth.scheduler.core.PoolPolicy;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.Task;
import dev.berth.scheduler.core.cycle.Cycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs one case and collects what differs from what it expects. */
final class CaseRun {
    private static final Map<String, Action> ACTIONS = Map.of(
            "allocate", Action.ALLOCATE,
            "consolidation", Action.CONSOLIDATE,
            "reclaim", Action.RECLAIM,
            "preempt", Action.PREEMPT,
            "stalegangeviction", Action.EVICT_STALE_GANGS);

    private final JsonNode one;
    private final Table table;
    private final Policy policy;
    private final Pool pool;
    private final Cycle cycle = new Cycle();
    private final Differences differences;

    CaseRun(JsonNode one, Placement packing) {
        this.one = one;
        this.table = new Table(one);
        this.policy = policy(one);
        this.pool = pool(one, packing);
        this.differences = new Differences(one, table);
    }

    private static Policy policy(JsonNode one) {
        List<Action> actions = new ArrayList<>();
        one.path("actions").forEach(action -> actions.add(ACTIONS.get(action.asText())));
        double grace = one.path("overrides")
                .path("globalDefaultStalenessGracePeriodSeconds")
                .asDouble(0);
        return new Policy(1L << 40, 1000, 0)
                .with(new PoolPolicy(actions, PoolPolicy.ANY_NUMBER, true, Math.round(grace * 1000), 1));
    }

    private static Pool pool(JsonNode one, Placement packing) {
        JsonNode plugins = one.path("schedulerConf").path("plugins");
        if (plugins.isMissingNode()) {
            return new Pool("default", packing);
        }
        Placement gpu = Placement.FIRST;
        Placement cpu = Placement.FIRST;
        Placement device = Placement.FIRST;
        for (JsonNode plugin : plugins) {
            switch (plugin.path("name").asText()) {
                case "nodeplacement" -> {
                    gpu = placement(plugin.path("arguments").path("gpu").asText());
                    cpu = placement(plugin.path("arguments").path("cpu").asText());
                }
                case "gpupack" -> device = Placement.FULLEST;
                case "gpuspread" -> device = Placement.SPREAD;
                default -> {}
            }
        }
        return new Pool("default", gpu, cpu, device);
    }

    private static Placement placement(String word) {
        return word.equals("spread") ? Placement.SPREAD : Placement.FULLEST;
    }

    Differences run() {
        if (one.path("mode").asText().equals("cycle")) {
            differences.look(round(), "");
            return differences;
        }
        JsonNode rounds = one.path("rounds");
        CycleReport last = null;
        for (int i = 0; i < rounds.path("untilMatch").asInt(2); i++) {
            last = round();
            differences.lookAtLimits(last, " in round " + (i + 1));
            writeBack();
        }
        if (last != null) {
            differences.lookAtTable(
                    last, snapshot(), " after " + rounds.path("untilMatch").asInt(2) + " rounds");
        }
        for (int i = 0; i < rounds.path("afterMatch").asInt(5); i++) {
            differences.look(round(), " in later round " + (i + 1));
            writeBack();
        }
        return differences;
    }

    private CycleReport round() {
        Snapshot snapshot = snapshot();
        CycleReport report = cycle.run(snapshot, policy);
        for (Statement statement : report.statements()) {
            Row row = table.rows.get(statement.task());
            statement.match(
                    bind -> become(row, "Binding", bind.node(), bind.devices(), bind.milliPerDevice()),
                    pipeline -> become(row, "Pipelined", pipeline.node(), pipeline.devices(), 0),
                    evict -> become(row, "Releasing", row.node, row.devices, row.milli));
        }
        differences.after(snapshot(true));
        return report;
    }

    private static Row become(Row row, String state, String node, List<Integer> devices, int milli) {
        row.state = state;
        row.node = node;
        row.devices = new ArrayList<>(devices);
        row.milli = milli;
        return row;
    }

    private void writeBack() {
        table.rows.values().forEach(Row::writeBack);
        Map<String, Set<String>> holders = new TreeMap<>();
        Map<String, String> nodes = new TreeMap<>();
        for (Row row : table.rows.values()) {
            for (String claim : row.request.claims()) {
                if (row.state.equals("Running")) {
                    holders.computeIfAbsent(claim, id -> new TreeSet<>()).add(row.id);
                    nodes.put(claim, row.node);
                }
            }
        }
        table.claims.replaceAll((id, claim) -> {
            Set<String> held = new TreeSet<>(claim.holders());
            held.removeIf(table.rows::containsKey);
            held.addAll(holders.getOrDefault(id, Set.of()));
            return new DeviceClaim(
                    id,
                    claim.deviceClass(),
                    claim.count(),
                    claim.shared(),
                    claim.queue(),
                    held.isEmpty() ? "" : nodes.getOrDefault(id, claim.node()),
                    held);
        });
    }

    private Snapshot snapshot() {
        return snapshot(false);
    }

    private Snapshot snapshot(boolean midway) {
        ClusterState state = new ClusterState();
        state.put(pool);
        table.nodes.forEach(state::put);
        table.queues.forEach(state::put);
        table.topologies.forEach(state::put);
        table.claims.values().forEach(state::put);
        table.groups.values().forEach(state::put);
        for (Row row : table.rows.values()) {
            boolean placed =
                    row.state.equals("Running") || row.state.equals("Binding") || row.state.equals("Releasing");
            Task task = new Task(row.id, row.job, row.order, row.podSet, row.request, Task.State.PENDING, null);
            if (placed) {
                Task running = task.running(new Spot(row.node, row.devices, row.milli));
                state.put(row.state.equals("Releasing") ? running.releasing() : running);
            } else if (!row.state.equals("Failed") && !midway) {
                state.put(task);
            }
        }
        return state.snapshot(Table.NOW);
    }
}
