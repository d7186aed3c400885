package dev.berth.scheduler.packing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** Outcomes as JSON: one as an object, several as the {@code results} of one. All ratios are from 0 to 1. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Report() {}

    static byte[] json(String protocol, List<Outcome> outcomes) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("protocol", protocol);
        if (outcomes.size() == 1) {
            root.setAll(node(outcomes.get(0)));
        } else {
            ArrayNode results = root.putArray("results");
            outcomes.forEach(outcome -> results.add(node(outcome)));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    private static ObjectNode node(Outcome outcome) {
        ObjectNode node = JSON.createObjectNode()
                .put("pods", outcome.pods())
                .put("policy", outcome.policy().name())
                .put("seeds", outcome.seeds().toString());
        node.set("allocationRatio", spread(outcome.allocation()));
        node.set("fragmentation", spread(outcome.fragmentation()));
        node.set("fragmentationOfIdle", spread(outcome.idleFragmentation()));
        node.set("failedPods", spread(outcome.failures(Run.Failures::all)));
        node.set("failedMultiGpuPods", spread(outcome.failures(Run.Failures::multiGpu)));
        node.put("microsPerDecision", outcome.microsPerDecision());
        node.set("curve", curve(outcome.curve()));
        return node;
    }

    private static ObjectNode spread(Outcome.Spread spread) {
        ObjectNode node = JSON.createObjectNode().put("mean", spread.mean()).put("sd", spread.sd());
        ObjectNode perSeed = node.putObject("perSeed");
        spread.perSeed().forEach((seed, value) -> perSeed.put(Long.toString(seed), value));
        return node;
    }

    /** Point k of each list is at k per cent of load. */
    private static ObjectNode curve(Curve curve) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode load = node.putArray("load");
        for (int k = 0; k < Curve.POINTS; k++) {
            load.add(k / 100.0);
        }
        fill(node.putArray("allocation"), curve.allocation());
        fill(node.putArray("fragmentation"), curve.fragmentation());
        return node;
    }

    private static void fill(ArrayNode list, double[] points) {
        for (double point : points) {
            if (Double.isNaN(point)) {
                list.addNull();
            } else {
                list.add(point);
            }
        }
    }
}
