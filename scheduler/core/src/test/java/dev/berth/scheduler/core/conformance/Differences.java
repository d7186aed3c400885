package dev.berth.scheduler.core.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.Explanation;
import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What differs between what a case expects and what became of it. */
final class Differences {
    private static final Pattern DOMAIN = Pattern.compile("node-group (\\S+) can allocate only (\\d+) of (\\d+)");

    private final JsonNode expected;
    private final Table table;
    private @Nullable Snapshot after;

    /** What became of tasks, how much was done, and what nodes have left. */
    final Set<String> status = new LinkedHashSet<>();

    /** On which node. */
    final Set<String> names = new LinkedHashSet<>();

    /** Which tasks share a device. */
    final Set<String> devices = new LinkedHashSet<>();

    Differences(JsonNode one, Table table) {
        this.expected = one.path("expected");
        this.table = table;
    }

    void after(Snapshot snapshot) {
        after = snapshot;
    }

    void look(CycleReport report, String when) {
        lookAtLimits(report, when);
        lookAtRows(when);
        Snapshot now = after;
        if (now != null) {
            lookAtNodes(now, when);
        }
        lookAtMessages(report, when);
    }

    void lookAtTable(CycleReport last, Snapshot now, String when) {
        lookAtRows(when);
        lookAtNodes(now, when);
        lookAtMessages(last, when);
    }

    void lookAtLimits(CycleReport report, String when) {
        int[] counts = new int[3];
        for (Statement statement : report.statements()) {
            statement.match(bind -> counts[0]++, pipeline -> counts[1]++, evict -> counts[2]++);
        }
        JsonNode limits = expected.path("limitsPerCycle");
        limit("binds", counts[0], limits.path("maxBinds").asInt(), when);
        limit("pipelines", counts[1], limits.path("maxPipelines").asInt(), when);
        limit("evictions", counts[2], limits.path("maxEvictions").asInt(), when);
    }

    private void limit(String what, int count, int most, String when) {
        if (count > most) {
            status.add(count + " " + what + when + ", at most " + most + " expected");
        }
    }

    private void lookAtRows(String when) {
        Map<String, Integer> deviceOf = new HashMap<>();
        Map<String, String> groupOn = new HashMap<>();
        for (Row row : table.rows.values()) {
            JsonNode wanted = expected.path("tasks").path(row.id);
            if (wanted.isMissingNode()) {
                wanted = expected.path("jobs").path(row.job);
            }
            if (wanted.isMissingNode()) {
                continue;
            }
            String state = wanted.path("status").asText();
            if (!state.equals(row.state)) {
                status.add(row.id + " is " + row.state + (row.node.isEmpty() ? "" : " on " + row.node) + when + ", "
                        + state
                        + (wanted.has("nodeName")
                                ? " on " + wanted.path("nodeName").asText()
                                : "") + " expected");
            } else if (wanted.has("nodeName")
                    && !state.equals("Pending")
                    && !wanted.path("nodeName").asText().equals(row.node)) {
                names.add(row.id + " is on " + row.node + when + ", "
                        + wanted.path("nodeName").asText() + " expected");
            }
            if (row.isPart() && !wanted.path("dontValidateGpuGroup").asBoolean()) {
                lookAtDevices(row, wanted.path("gpuGroups"), deviceOf, groupOn, when);
            }
        }
    }

    private void lookAtDevices(
            Row row, JsonNode groups, Map<String, Integer> deviceOf, Map<String, String> groupOn, String when) {
        if (groups.size() != row.devices.size()) {
            return;
        }
        for (int i = 0; i < groups.size(); i++) {
            String group = row.node + "/" + groups.get(i).asText();
            String device = row.node + "/" + row.devices.get(i);
            Integer known = deviceOf.putIfAbsent(group, row.devices.get(i));
            String other = groupOn.putIfAbsent(device, group);
            if ((known != null && !known.equals(row.devices.get(i))) || (other != null && !other.equals(group))) {
                devices.add(row.id + " holds " + device + when + ", which does not go with " + group);
            }
        }
    }

    private void lookAtNodes(Snapshot now, String when) {
        for (NodeState state : now.nodes()) {
            JsonNode wanted = expected.path("nodes").path(state.node().name());
            if (wanted.isMissingNode()) {
                continue;
            }
            int idle = state.free().wholeDevices();
            int releasing = state.later().wholeDevices() - idle;
            if (idle != wanted.path("idleGpus").asInt()
                    || releasing != wanted.path("releasingGpus").asInt()) {
                status.add(state.node().name() + " has " + idle + " idle and " + releasing + " releasing GPUs" + when
                        + ", expected are " + wanted);
            }
        }
    }

    /** Compares what is counted, not the words. */
    private void lookAtMessages(CycleReport report, String when) {
        expected.path("jobs").fields().forEachRemaining(entry -> {
            String message = entry.getValue().path("errorMessage").asText("");
            if (message.isEmpty()) {
                return;
            }
            Explanation why = report.explanations().get(entry.getKey());
            String said = why == null ? "" : why.sentence();
            List<String> missing = new ArrayList<>();
            Matcher domains = DOMAIN.matcher(message);
            while (domains.find()) {
                String fact = domains.group(1) + " could hold " + domains.group(2) + " of " + domains.group(3);
                if (!said.contains(fact)) {
                    missing.add(fact);
                }
            }
            if (why == null || !missing.isEmpty()) {
                status.add(entry.getKey() + " is explained by \"" + said + "\"" + when + ", which lacks " + missing);
            }
        });
    }
}
