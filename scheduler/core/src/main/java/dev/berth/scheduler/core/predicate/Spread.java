package dev.berth.scheduler.core.predicate;

/**
 * How evenly pods must be spread; only constraints that forbid are meant, not those that prefer.
 *
 * @param topologyKey label of nodes whose values are the domains
 * @param maxSkew how many pods more than the emptiest domain any may hold, from 1
 * @param minDomains with fewer domains than this the emptiest one counts as empty; from 1
 * @param pods which pods of the pod's own namespace are counted
 * @param honoursNodeRule whether only nodes count that the pod's node rule admits
 * @param honoursTaints whether only nodes count whose taints the pod tolerates
 */
public record Spread(
        String topologyKey,
        int maxSkew,
        int minDomains,
        Selector pods,
        boolean honoursNodeRule,
        boolean honoursTaints) {}
