package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Task;
import dev.berth.scheduler.core.predicate.Constraints;
import dev.berth.scheduler.core.predicate.Population;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kubernetes' own predicates, as soon as any pod of the pool says something about where it or others may be. Pods that are
 * told to leave by what is tried count no more; pods that were leaving when the cycle began count until they are gone.
 */
final class Predicates {
    private List<NodeState> nodes = List.of();
    private @Nullable Population population;

    void begin(List<NodeState> states) {
        nodes = states;
        population = null;
        for (NodeState state : states) {
            for (Task task : state.tasks()) {
                if (!isPlain(task.request())) {
                    populate();
                    return;
                }
            }
        }
    }

    static boolean isPlain(Request request) {
        return request.facts() == Request.PLAIN || request.facts().equals(Request.PLAIN);
    }

    /** Tells of a class of requests; it must be told before any of it is placed. */
    void meet(Request request) {
        if (population == null && !isPlain(request)) {
            populate();
        }
    }

    private void populate() {
        Population all =
                new Population(nodes.stream().map(state -> state.node().facts()).toList(), Map.of());
        for (int i = 0; i < nodes.size(); i++) {
            for (Task task : nodes.get(i).tasks()) {
                all.place(all.constraints(task.request().facts()), i);
            }
        }
        population = all;
    }

    boolean admit(Request request, int node) {
        Population all = population;
        return all == null || all.constraints(request.facts()).admits(node);
    }

    /** One such pod more (1) or less (-1) is meant for the node. */
    void count(Request request, int node, int more) {
        Population all = population;
        if (all == null || more == 0) {
            return;
        }
        Constraints pod = all.constraints(request.facts());
        if (more > 0) {
            all.place(pod, node);
        } else {
            all.remove(pod, node);
        }
    }
}
