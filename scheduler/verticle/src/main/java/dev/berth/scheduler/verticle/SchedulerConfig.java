package dev.berth.scheduler.verticle;

import dev.berth.runtime.Doc;
import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.PoolPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Configuration of the role {@code scheduler}. */
public record SchedulerConfig(
        @Doc(
                value = "Name of the cluster that it works on, as its simulator, operator and agent have it.",
                standard = "local")
        String cluster,

        @Doc(
                value = "Path of the kubeconfig of that cluster; empty: the pod's own account. Not looked at where a"
                        + " cluster of that name was attached in the same process.",
                standard = "")
        String kubeconfig,

        @Doc(value = "Shortest time in milliseconds between the starts of two cycles, 1 to 10000.", standard = "50")
        int minCycleMillis,

        @Doc(
                value = "Silence in milliseconds after which a cycle runs anyway, minCycleMillis to 60000.",
                standard = "1000")
        int maxCycleMillis,

        @Doc(value = "Bindings that are under way at a time, 1 to 1000.", standard = "64")
        int bindConcurrency,

        @Doc(
                value =
                        "Milliseconds after which a binding that the cluster did not tell of is looked up, 100 to 600000.",
                standard = "10000")
        int assumeMillis,

        @Doc(
                value = "Life of the lease in seconds, 2 to 300: so long nothing is bound after a scheduler was lost.",
                standard = "15")
        int leaseSeconds,

        @Doc(
                value = "Looks at a node after which a cycle stops and the next one goes on, 1000 to 1000000000.",
                standard = "20000000")
        int stepsPerCycle,

        @Doc(
                value =
                        "Waiting groups for which changes that would start them are looked for at a time, 0 to 1000; takes a tenth of the time of one core at most.",
                standard = "4")
        int counterfactualsPerCycle,

        @Doc(
                value = "Explanations that are written into the cluster in a second at most, 1 to 10000.",
                standard = "100")
        int explanationsPerSecond,

        @Doc(value = "Milliseconds of waiting after which a group is explained, 0 to 600000.", standard = "250")
        int explainAfterMillis,

        @Doc(
                value = "Milliseconds between two sentences about the same reason of one group, 0 to 600000.",
                standard = "2000")
        int explainAgainMillis,

        @Doc(
                value =
                        "How a part of a device is given: annotation (the binding names it, as simulated kubelets read it),"
                                + " reservation (the binder has the node hold the device), or auto (annotation on a simulated"
                                + " cluster of the same process, reservation elsewhere). A node's label berth.dev/fractions:"
                                + " annotation goes first.",
                standard = "auto")
        String fractions,

        @Doc(
                value = "What a cycle may do, in this order: all, or some of allocate, consolidate, reclaim, preempt,"
                        + " evict-stale-gangs, with commas between them. With allocate alone nothing is ever evicted.",
                standard = "allocate")
        String actions) {
    public SchedulerConfig {
        range("minCycleMillis", minCycleMillis, 1, 10_000);
        range("maxCycleMillis", maxCycleMillis, minCycleMillis, 60_000);
        range("bindConcurrency", bindConcurrency, 1, 1_000);
        range("assumeMillis", assumeMillis, 100, 600_000);
        range("leaseSeconds", leaseSeconds, 2, 300);
        range("stepsPerCycle", stepsPerCycle, 1_000, 1_000_000_000);
        range("counterfactualsPerCycle", counterfactualsPerCycle, 0, 1_000);
        range("explanationsPerSecond", explanationsPerSecond, 1, 10_000);
        range("explainAfterMillis", explainAfterMillis, 0, 600_000);
        range("explainAgainMillis", explainAgainMillis, 0, 600_000);
        if (!Set.of("auto", "annotation", "reservation").contains(fractions)) {
            throw new IllegalArgumentException(
                    "Expected auto, annotation or reservation in fractions, but got \"" + fractions + "\".");
        }
        ordered(actions);
    }

    /** Whether parts of a device are reserved in a cluster that is simulated here or is not. */
    boolean reserves(boolean simulated) {
        return fractions.equals("reservation") || (fractions.equals("auto") && !simulated);
    }

    Pacer.Bounds pace() {
        return new Pacer.Bounds(minCycleMillis, maxCycleMillis);
    }

    /** Changes that would start a group are looked for by {@link Advice}, not by the cycle itself. */
    Policy policy() {
        PoolPolicy all = PoolPolicy.ALL_ACTIONS;
        return Policy.STANDARD
                .withSteps(stepsPerCycle)
                .with(new PoolPolicy(
                        ordered(actions),
                        all.consolidationVictims(),
                        all.movesInReclaim(),
                        all.staleGraceMillis(),
                        all.saturation()));
    }

    private static List<Action> ordered(String words) {
        return words.equals("all")
                ? Action.ALL
                : Arrays.stream(words.split(",", -1))
                        .map(word -> action(word.strip()))
                        .distinct()
                        .toList();
    }

    private static Action action(String word) {
        for (Action action : Action.ALL) {
            if (action.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                return action;
            }
        }
        throw new IllegalArgumentException("Expected all, or allocate, consolidate, reclaim, preempt and"
                + " evict-stale-gangs with commas between them, in actions, but got \"" + word + "\".");
    }

    private static void range(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "Expected " + min + " to " + max + " in " + key + ", but got " + value + ".");
        }
    }
}
