package dev.berth.scheduler.core;

/**
 * How much a cycle may do.
 *
 * @param steps cost after which the cycle stops and leaves the rest to the next one; a step is about one look at one node
 * @param explained at most so many waiting groups of each cycle are explained, those with the earliest turns
 * @param counterfactuals groups for which the cycle itself looks for changes that would start them; each costs some cycles
 */
public record Policy(long steps, int explained, int counterfactuals) {
    public static final Policy STANDARD = new Policy(20_000_000, 100_000, 0);

    public Policy withSteps(long newSteps) {
        return new Policy(newSteps, explained, counterfactuals);
    }

    public Policy withCounterfactuals(int groups) {
        return new Policy(steps, explained, groups);
    }
}
