package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Devices;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Room;
import dev.berth.scheduler.core.TopologyBound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for domains that have room for all of some tasks: counts what is free in each from the nodes up, and orders them so
 * that the narrowest come first and, among those of one level, the one that would be fullest afterwards.
 */
final class DomainSearch {
    private static final double NONE_FREE = 1000;

    private final PoolNodes nodes;
    private final Topologies.Tree tree;
    private final int required;
    private final int preferred;
    private final List<Demand> demands;
    private final double[] asked = new double[3];
    private final boolean alike;
    private final Request largest;
    private final boolean[] valid;

    DomainSearch(PoolNodes nodes, Topologies.Tree tree, TopologyBound bound, List<Demand> demands) {
        this.nodes = nodes;
        this.tree = tree;
        this.required = bound.required().isEmpty() ? -1 : tree.level(bound.required());
        this.preferred = bound.preferred().isEmpty() ? -1 : tree.level(bound.preferred());
        this.demands = demands;
        this.valid = new boolean[nodes.size()];
        int withGpu = 0;
        int withMore = 0;
        Request most = demands.get(0).request();
        for (Demand demand : demands) {
            Request request = demand.request();
            asked[0] += gpuMilli(demand);
            asked[1] += request.cpuMilli();
            asked[2] += request.memoryBytes();
            withGpu += request.gpu().devices() > 0 ? 1 : 0;
            withMore += request.extended().isEmpty() ? 0 : 1;
            most = most.withAmounts(
                    Math.max(most.cpuMilli(), request.cpuMilli()),
                    Math.max(most.memoryBytes(), request.memoryBytes()),
                    most.gpu().devices() * 1000L >= gpuMilli(demand) ? most.gpu() : request.gpu());
        }
        this.largest = most;
        this.alike = (withGpu == 0 || withGpu == demands.size()) && (withMore == 0 || withMore == demands.size());
    }

    private static long gpuMilli(Demand demand) {
        Request request = demand.request();
        long each = request.gpu().match(whole -> 1000, fraction -> fraction.milli(), memory -> 0);
        return each * request.gpu().devices() + demand.extendedMilli();
    }

    Domains among(NodeSet among, List<Integer> active) {
        for (int i : among.nodes()) {
            valid[i] = true;
        }
        int deepest = Math.max(required, preferred);
        for (int i = 0; i < valid.length; i++) {
            Domain[] path = tree.paths().get(i);
            valid[i] &= path[deepest] != null;
        }
        Domain common = common(deepest);
        measure(common);
        if (!fits(common)) {
            return new Domains(List.of(), words(List.of(common)));
        }
        sort(common, preferred >= 0 ? preferred : required);
        List<Domain> candidates = candidates(common, active);
        List<NodeSet> sets = new ArrayList<>();
        int[] ranks = preferred >= 0 ? ranks(common) : null;
        for (Domain domain : candidates) {
            if (fits(domain)) {
                sets.add(new NodeSet(validNodes(domain), ranks));
            }
        }
        return new Domains(sets, sets.isEmpty() ? words(outermost(candidates)) : "");
    }

    /** The narrowest domain in which all nodes are that may be used. */
    private Domain common(int deepest) {
        Domain common = tree.root();
        for (int level = 0; level <= deepest; level++) {
            Set<Domain> seen = new HashSet<>();
            for (int i = 0; i < valid.length; i++) {
                if (valid[i]) {
                    seen.add(tree.paths().get(i)[level]);
                }
            }
            if (seen.size() != 1) {
                break;
            }
            common = seen.iterator().next();
        }
        return common;
    }

    private void measure(Domain domain) {
        domain.slots = alike ? 0 : -1;
        java.util.Arrays.fill(domain.free, 0);
        if (domain.children.isEmpty()) {
            for (int i : domain.nodes) {
                measure(domain, i);
            }
        }
        for (Domain child : domain.children) {
            measure(child);
            domain.slots += alike ? child.slots : 0;
            for (int d = 0; d < domain.free.length; d++) {
                domain.free[d] += child.free[d];
            }
        }
        domain.ratio = 0;
        for (int d = 0; d < domain.free.length; d++) {
            if (asked[d] > 0) {
                domain.ratio = Math.max(domain.ratio, domain.free[d] <= 0 ? NONE_FREE : asked[d] / domain.free[d]);
            }
        }
    }

    private void measure(Domain domain, int i) {
        if (!valid[i]) {
            return;
        }
        Room room = nodes.later(i);
        NodeState state = nodes.base(i);
        domain.free[0] += (double) room.wholeDevices() * Devices.WHOLE;
        domain.free[1] += room.cpuMilli;
        domain.free[2] += room.memoryBytes;
        if (alike && state.node().takesPods()) {
            domain.slots += largest.isBestEffort() ? demands.size() : Fit.slots(state, nodes.kind(i), room, largest);
        }
    }

    private boolean fits(Domain domain) {
        return domain.slots < 0 ? domain.ratio <= 1 : domain.slots >= demands.size();
    }

    /** Fullest first, so that the wider gaps are kept. */
    private static void sort(Domain domain, int deepest) {
        domain.children.sort(
                Comparator.<Domain>comparingDouble(child -> -child.ratio).thenComparing(child -> child.id));
        if (domain.level < deepest) {
            domain.children.forEach(child -> sort(child, deepest));
        }
    }

    /** Domains from the preferred level up to the required one, or up to the root when none is required; narrowest first. */
    private List<Domain> candidates(Domain common, List<Integer> active) {
        int from = preferred >= 0 ? Math.max(preferred, required) : required;
        List<Domain> all = new ArrayList<>();
        Set<Domain> allowed = required >= 0 && !active.isEmpty() ? domainsOf(active) : null;
        for (int level = from; level >= required; level--) {
            collect(common, level, allowed, all);
        }
        return all;
    }

    private Set<Domain> domainsOf(List<Integer> active) {
        Set<Domain> domains = new HashSet<>();
        for (int i : active) {
            Domain[] path = tree.paths().get(i);
            if (path[required] != null) {
                domains.add(path[required]);
            }
        }
        return domains;
    }

    private void collect(Domain from, int level, @Nullable Set<Domain> allowed, List<Domain> all) {
        if (from.level == level || (from.level > level && level == required)) {
            boolean mayBe = allowed == null
                    || from.nodes.stream()
                            .anyMatch(i -> allowed.contains(tree.paths().get(i)[required]));
            if (mayBe && !all.contains(from)) {
                all.add(from);
            }
            return;
        }
        if (from.level < level) {
            for (Domain child : from.children) {
                collect(child, level, allowed, all);
            }
        }
    }

    private int[] validNodes(Domain domain) {
        return domain.nodes.stream()
                .mapToInt(Integer::intValue)
                .filter(i -> valid[i])
                .sorted()
                .toArray();
    }

    /** Ten for the nodes of the domain with most room at the preferred level, so that few are used, down to nothing. */
    private int[] ranks(Domain common) {
        List<Domain> ordered = new ArrayList<>();
        collect(common, preferred, null, ordered);
        int[] ranks = new int[nodes.size()];
        for (int at = 0; at < ordered.size(); at++) {
            int rank = (at + 1) * 10 / ordered.size();
            for (int i : ordered.get(at).nodes) {
                ranks[i] = rank;
            }
        }
        return ranks;
    }

    private List<Domain> outermost(List<Domain> candidates) {
        int widest = candidates.stream().mapToInt(domain -> domain.level).min().orElse(0);
        return candidates.stream()
                .filter(domain -> domain.level == widest)
                .sorted(Comparator.comparing(domain -> domain.id))
                .toList();
    }

    private String words(List<Domain> domains) {
        List<String> words = new ArrayList<>();
        for (Domain domain : domains) {
            String name = domain.level < 0 ? "the pool" : domain.id;
            words.add(
                    domain.slots < 0
                            ? name + " has not enough free"
                            : name + " could hold " + domain.slots + " of " + demands.size());
        }
        return String.join(", ", words);
    }
}
