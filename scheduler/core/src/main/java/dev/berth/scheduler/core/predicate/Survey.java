package dev.berth.scheduler.core.predicate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What all nodes answer to a pod.
 *
 * @param admitting how many of them would take it now
 * @param refusals why the others would not, most frequent first
 */
public record Survey(int nodes, int admitting, List<Refusal> refusals) {
    /** @param example the first node's answer of this reason, with its numbers */
    public record Refusal(Verdict.Refused example, int nodes) {}

    public Survey {
        refusals = List.copyOf(refusals);
    }

    /** Such as: 0 of 6 nodes take it: 4 are short of cpu, 2 are cordoned. */
    public String sentence() {
        String head = admitting + " of " + nodes + " nodes take it";
        if (refusals.isEmpty()) {
            return head + ".";
        }
        return head + ": "
                + refusals.stream()
                        .map(one -> one.nodes + " " + one.example.reason())
                        .collect(Collectors.joining(", "))
                + ".";
    }
}
