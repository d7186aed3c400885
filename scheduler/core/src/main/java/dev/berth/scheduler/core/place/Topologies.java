package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Topology;
import dev.berth.scheduler.core.TopologyBound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trees of a pool's nodes, each made when it is first asked for. */
public final class Topologies {
    private final Map<String, Topology> known;
    private final PoolNodes nodes;
    private final Map<String, Tree> trees = new HashMap<>();

    public Topologies(Map<String, Topology> known, PoolNodes nodes) {
        this.known = known;
        this.nodes = nodes;
    }

    /** One topology: its root, and each node's domains from the widest to the narrowest. */
    record Tree(Topology topology, Domain root, List<Domain[]> paths) {
        /** The index of the level with the label, or -1. */
        int level(String label) {
            return topology.levels().indexOf(label);
        }
    }

    /**
     * The domains in which tasks could go together.
     *
     * @param demands of the tasks
     * @param among nodes that may be used at all
     * @param active nodes on which others of the same part are already
     */
    public Domains domains(TopologyBound bound, List<Demand> demands, NodeSet among, List<Integer> active) {
        Tree tree = tree(bound.topology());
        if (tree == null) {
            return new Domains(List.of(), "There is no topology " + bound.topology() + ".");
        }
        boolean unknown = (!bound.required().isEmpty() && tree.level(bound.required()) < 0)
                || (!bound.preferred().isEmpty() && tree.level(bound.preferred()) < 0)
                || (bound.required().isEmpty() && bound.preferred().isEmpty());
        if (unknown) {
            return new Domains(List.of(), "Topology " + bound.topology() + " has no such level.");
        }
        return new DomainSearch(nodes, tree, bound, demands).among(among, active);
    }

    private @Nullable Tree tree(String name) {
        Topology topology = known.get(name);
        return topology == null ? null : trees.computeIfAbsent(name, some -> build(topology));
    }

    /** Nodes without the label of some level are in the domains above it only. */
    private Tree build(Topology topology) {
        Domain root = new Domain("", -1);
        List<Domain[]> paths = new ArrayList<>(nodes.size());
        Map<String, Domain> byId = new LinkedHashMap<>();
        int depth = topology.levels().size();
        for (int i = 0; i < nodes.size(); i++) {
            Domain[] path = new Domain[depth];
            Domain above = root;
            for (int level = 0; level < depth; level++) {
                String value =
                        nodes.base(i).node().labels().get(topology.levels().get(level));
                if (value == null) {
                    break;
                }
                above = below(byId, above, value, level);
                path[level] = above;
                above.nodes.add(i);
            }
            root.nodes.add(i);
            paths.add(path);
        }
        return new Tree(topology, root, paths);
    }

    private static Domain below(Map<String, Domain> byId, Domain above, String value, int level) {
        String id = above.id.isEmpty() ? value : above.id + "." + value;
        Domain known = byId.get(level + " " + id);
        if (known == null) {
            known = new Domain(id, level);
            byId.put(level + " " + id, known);
            above.children.add(known);
        }
        return known;
    }
}
