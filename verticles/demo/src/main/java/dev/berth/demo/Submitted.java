package dev.berth.demo;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API's answers to what was submitted to one cluster. */
final class Submitted {
    private final Map<String, Long> acceptedAt = new LinkedHashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private int unanswered;

    /** @param atMillis wall time at which the request was sent */
    void answered(List<JsonObject> batch, List<JsonObject> results, long atMillis) {
        for (JsonObject result : results) {
            JsonObject workload = result.getJsonObject("workload");
            if (workload != null) {
                acceptedAt.put(workload.getJsonObject("metadata").getString("id"), atMillis);
            } else {
                JsonObject problem = result.getJsonObject("problem", new JsonObject());
                refusals.merge(problem.getString("detail", "no reason given"), 1, Integer::sum);
            }
        }
        unanswered += batch.size() - results.size();
    }

    void unanswered(int count) {
        unanswered += count;
    }

    /** Drops what was deleted on purpose, so that a demo without end stays small. */
    void forget(String id) {
        acceptedAt.remove(id);
    }

    int accepted() {
        return acceptedAt.size();
    }

    Set<String> ids() {
        return acceptedAt.keySet();
    }

    /** Wall time at which each accepted workload was sent, by id. */
    Map<String, Long> acceptedAt() {
        return acceptedAt;
    }

    /** How often the API refused, by what it said. */
    Map<String, Integer> refusals() {
        return refusals;
    }

    /** Workloads of requests that failed for good: nobody knows whether they were accepted. */
    int unanswered() {
        return unanswered;
    }
}
