package dev.berth.scheduler.core.predicate;

import java.util.Arrays;
import java.util.BitSet;

/** How many pods of one kind are in each domain, and in the emptiest of those that count; each change costs the same. */
final class Tally {
    private final Domains domains;
    private final BitSet eligible;
    private final int[] counts;
    private final int counted;
    private int[] domainsWith = new int[4];
    private int least;
    private int total;

    /** @param eligible nodes whose pods are counted, and whose domains count */
    Tally(Domains domains, BitSet eligible) {
        this.domains = domains;
        this.eligible = eligible;
        this.counts = new int[domains.count()];
        BitSet live = new BitSet(domains.count());
        for (int node = eligible.nextSetBit(0); node >= 0; node = eligible.nextSetBit(node + 1)) {
            if (domains.of(node) != Domains.NONE) {
                live.set(domains.of(node));
            }
        }
        this.counted = live.cardinality();
        domainsWith[0] = counted;
    }

    void add(int node, int pods) {
        int domain = domains.of(node);
        if (domain == Domains.NONE || !eligible.get(node)) {
            return;
        }
        int before = counts[domain];
        int after = before + pods;
        counts[domain] = after;
        total += pods;
        if (after >= domainsWith.length) {
            domainsWith = Arrays.copyOf(domainsWith, Math.max(after + 1, 2 * domainsWith.length));
        }
        domainsWith[before]--;
        domainsWith[after]++;
        least = Math.min(least, after);
        while (domainsWith[least] == 0) {
            least++;
        }
    }

    /** Pods in the domain of the node; 0 where it has none. */
    int at(int node) {
        int domain = domains.of(node);
        return domain == Domains.NONE ? 0 : counts[domain];
    }

    boolean hasDomain(int node) {
        return domains.of(node) != Domains.NONE;
    }

    /** Pods in the emptiest domain. */
    int least() {
        return least;
    }

    /** Number of domains that count. */
    int counted() {
        return counted;
    }

    boolean isEmpty() {
        return total == 0;
    }
}
