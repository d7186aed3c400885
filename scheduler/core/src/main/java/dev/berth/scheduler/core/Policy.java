package dev.berth.scheduler.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much a cycle may do, and what.
 *
 * @param steps cost after which an action stops and leaves the rest to the next cycle; a step is about one look at one node
 * @param explained at most so many waiting groups of each cycle are explained, those with the earliest turns
 * @param counterfactuals groups for which the cycle itself looks for changes that would start them; each costs some cycles
 * @param usual for pools that are not named
 * @param pools by name of the pool
 */
public record Policy(long steps, int explained, int counterfactuals, PoolPolicy usual, Map<String, PoolPolicy> pools) {
    /** Allocates and evicts nobody. Evicting actions are switched on by {@link #with}. */
    public static final Policy STANDARD = new Policy(20_000_000, 100_000, 0);

    public Policy {
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
    }

    public Policy(long steps, int explained, int counterfactuals) {
        this(steps, explained, counterfactuals, PoolPolicy.ALLOCATE_ONLY, Map.of());
    }

    public Policy withSteps(long newSteps) {
        return new Policy(newSteps, explained, counterfactuals, usual, pools);
    }

    public Policy withCounterfactuals(int groups) {
        return new Policy(steps, explained, groups, usual, pools);
    }

    /** The same with another policy for all pools that are not named. */
    public Policy with(PoolPolicy newUsual) {
        return new Policy(steps, explained, counterfactuals, newUsual, pools);
    }

    /** What holds in the pool. */
    public PoolPolicy in(String pool) {
        return pools.getOrDefault(pool, usual);
    }
}
