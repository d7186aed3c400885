package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Divides one resource among queues with the same parent: first everybody's quota, even when the quotas are more than there
 * is; then what is left, from the highest priority down, by weight and in whole units; then the crumbs, one unit each.
 */
public final class FairShare {
    private static final Comparator<Claim> CRUMBS = Comparator.<Claim>comparingDouble(claim -> -claim.remainder)
            .thenComparingLong(claim -> claim.createdAtMillis)
            .thenComparing(claim -> claim.id);

    private final List<Claim> claims;
    private final double unit;
    private final double usageWeight;
    private double remaining;

    private FairShare(List<Claim> claims, double total, double unit, double usageWeight) {
        this.claims = claims;
        this.unit = unit;
        this.usageWeight = usageWeight;
        this.remaining = total;
    }

    /** Sets each claim's fair share and returns what nobody took. */
    public static double divide(List<Claim> claims, double total, double unit, double usageWeight) {
        FairShare division = new FairShare(claims, total, unit, usageWeight);
        division.serveQuotas(total);
        return division.serveOverQuota();
    }

    /** Divides what is left on top of the fair shares that the claims have already. */
    public static double divideOverQuota(List<Claim> claims, double total, double unit, double usageWeight) {
        return new FairShare(claims, total, unit, usageWeight).serveOverQuota();
    }

    private void serveQuotas(double total) {
        for (Claim claim : claims) {
            double quota = claim.quota == Amount.UNLIMITED ? total : claim.quota;
            claim.fairShare = Math.min(quota, claim.requestable());
            remaining -= claim.fairShare;
        }
        remaining = Math.max(0, remaining);
    }

    private double serveOverQuota() {
        TreeMap<Integer, List<Claim>> byPriority = new TreeMap<>(Comparator.reverseOrder());
        for (Claim claim : claims) {
            byPriority
                    .computeIfAbsent(claim.priority, priority -> new ArrayList<>())
                    .add(claim);
        }
        byPriority.values().forEach(this::serveByWeight);
        byPriority.values().forEach(this::serveCrumbs);
        return remaining;
    }

    /** Rounds, because what a satisfied queue leaves goes to the others. */
    private void serveByWeight(List<Claim> peers) {
        boolean again = true;
        while (again && remaining > 0) {
            double weights = 0;
            for (Claim claim : peers) {
                weights += claim.unsatisfied() ? claim.weight : 0;
            }
            double shares = 0;
            for (Claim claim : peers) {
                shares += share(claim, weights);
            }
            again = shares > 0 && serveRound(peers, weights, shares);
        }
    }

    private boolean serveRound(List<Claim> peers, double weights, double shares) {
        double amount = remaining;
        boolean again = false;
        for (Claim claim : peers) {
            double share = share(claim, weights);
            if (!claim.unsatisfied() || claim.weight == 0) {
                continue;
            }
            double want = claim.requestable() - claim.fairShare;
            double fair = amount * share / shares;
            double give = want <= fair ? want : Math.floor(fair / unit) * unit;
            claim.remainder = want <= fair ? -1 : fair - give;
            again |= want < fair;
            claim.fairShare += give;
            remaining -= give;
        }
        return again;
    }

    private double share(Claim claim, double weights) {
        if (weights == 0 || !claim.unsatisfied()) {
            return 0;
        }
        double normal = claim.weight / weights;
        return Math.max(0, normal + usageWeight * (normal - claim.usage));
    }

    private void serveCrumbs(List<Claim> peers) {
        for (Claim claim : peers.stream()
                .filter(peer -> peer.remainder >= 0)
                .sorted(CRUMBS)
                .toList()) {
            double give = Math.min(unit, remaining);
            claim.fairShare += give;
            remaining -= give;
        }
    }
}
