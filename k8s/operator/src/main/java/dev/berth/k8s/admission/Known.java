package dev.berth.k8s.admission;

import java.util.Map;
import java.util.Set;

/**
 * What decides about a request, besides the request.
 *
 * @param namespaces project by the namespace that carries its label
 */
record Known(
        Map<String, Project> projects,
        Set<String> departments,
        Map<String, Pool> pools,
        Map<String, String> namespaces) {
    /** A project; amounts of 0 are no default. */
    record Project(String namespace, long defaultCpuMilli, long defaultMemoryMib) {}

    /**
     * A pool with the nodes that it has now.
     *
     * @param gpus of all its nodes
     * @param mostGpus of one node
     */
    record Pool(String labelKey, String labelValue, int nodes, int gpus, int mostGpus) {}

    Known {
        projects = Map.copyOf(projects);
        departments = Set.copyOf(departments);
        pools = Map.copyOf(pools);
        namespaces = Map.copyOf(namespaces);
    }

    /** Project of the namespace; empty where it belongs to none. */
    String projectOf(String namespace) {
        return namespaces.getOrDefault(namespace, "");
    }
}
