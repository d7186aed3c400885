package dev.berth.k8s.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.Identifiers;
import dev.berth.model.Labels;
import java.util.Set;

/** What Berth's own kinds must not say beyond what their schemas refuse already: whatever takes a look at others. */
final class OwnRules {
    private static final int MAX_WORKLOAD_NAME = 52;
    private static final Set<String> RESERVED_NAMESPACES =
            Set.of("kube-system", "kube-public", "kube-node-lease", "default", "berth", Labels.RESERVATION_NAMESPACE);

    private final JsonNode object;
    private final String name;
    private final Known known;
    private final Findings findings = new Findings();

    private OwnRules(JsonNode object, Known known) {
        this.object = object;
        this.name = object.at("/metadata/name").asText();
        this.known = known;
    }

    static Findings of(String kind, JsonNode object, String namespace, Known known) {
        OwnRules rules = new OwnRules(object, known);
        switch (kind) {
            case "Workload" -> rules.workload(namespace);
            case "Project" -> rules.project();
            case "Department" -> rules.quotas();
            case "NodePool" -> rules.pool();
            default -> {}
        }
        return rules.findings;
    }

    private void workload(String namespace) {
        if (!Identifiers.valid(name) || name.length() > MAX_WORKLOAD_NAME) {
            findings.add(
                    "/metadata/name",
                    "name",
                    "A workload's name has 1 to " + MAX_WORKLOAD_NAME
                            + " lower-case letters, digits and '-', as its pods add a number.");
        }
        String project = object.at("/spec/project").asText();
        Known.Project facts = known.projects().get(project);
        if (facts == null) {
            findings.add(
                    "/spec/project",
                    "project-exists",
                    "There is no project " + Findings.shown(project)
                            + ". Name one of those that 'kubectl get projects' shows.");
        } else if (!namespace.equals(namespaceOf(project, facts))) {
            findings.add(
                    "/spec/project",
                    "project-owns-namespace",
                    "Workloads of project " + project + " live in namespace " + namespaceOf(project, facts)
                            + ", not in " + namespace + ".");
        }
        fits();
    }

    private static String namespaceOf(String project, Known.Project facts) {
        return facts.namespace().isEmpty() ? Labels.NAMESPACE_PREFIX + project : facts.namespace();
    }

    /** A pool without nodes may be one that grows on demand: nothing is known of it. */
    private void fits() {
        String poolName = object.at("/spec/nodePool").asText(Labels.DEFAULT_POOL);
        Known.Pool pool = known.pools().get(poolName);
        if (pool == null) {
            if (!poolName.isEmpty() && !poolName.equals(Labels.DEFAULT_POOL)) {
                findings.add(
                        "/spec/nodePool",
                        "pool-exists",
                        "There is no node pool " + Findings.shown(poolName) + ". Name one of "
                                + known.pools().keySet() + ".");
            }
            return;
        }
        JsonNode gpu = object.at("/spec/pod/gpu");
        long devices = gpu.path("devices").asLong();
        if (pool.nodes() == 0 || devices <= 0) {
            return;
        }
        if (devices > pool.mostGpus()) {
            findings.add(
                    "/spec/pod/gpu/devices",
                    "fits-a-node",
                    "No node of pool " + poolName + " has more than " + pool.mostGpus()
                            + " GPUs, but each pod asks for " + devices + ". Ask for fewer GPUs in more workers.");
            return;
        }
        boolean whole =
                gpu.path("fractionMilli").asLong() == 0 && gpu.path("memoryMib").asLong() == 0;
        long least = devices * Math.max(1, object.at("/spec/minWorkers").asLong(1));
        if (whole && least > pool.gpus()) {
            findings.add(
                    "/spec/minWorkers",
                    "fits-the-pool",
                    "The pool " + poolName + " has " + pool.gpus() + " GPUs, but the gang needs " + least
                            + " at once. Lower minWorkers or the GPUs of each.");
        }
    }

    private void project() {
        String department = object.at("/spec/department").asText();
        if (!department.isEmpty() && !known.departments().contains(department)) {
            findings.add(
                    "/spec/department",
                    "department-exists",
                    "There is no department " + Findings.shown(department) + ". Make it first, or leave it empty.");
        }
        String namespace = object.at("/spec/namespace").asText();
        if (RESERVED_NAMESPACES.contains(namespace) || namespace.startsWith("kube-")) {
            findings.add(
                    "/spec/namespace",
                    "namespace-is-free",
                    "Namespace " + namespace + " belongs to the cluster. Leave it empty, or name another.");
        }
        known.projects().forEach((other, facts) -> {
            if (!namespace.isEmpty() && !other.equals(name) && namespace.equals(facts.namespace())) {
                findings.add(
                        "/spec/namespace",
                        "namespace-is-free",
                        "Namespace " + namespace + " belongs to project " + other + " already. Name another.");
            }
        });
        quotas();
    }

    private void quotas() {
        int index = 0;
        for (JsonNode quota : object.at("/spec/quotas")) {
            for (String resource : new String[] {"gpuMilli", "cpuMilli", "memoryMib"}) {
                long guaranteed = quota.path(resource).path("quota").asLong();
                long limit = quota.path(resource).path("limit").asLong(-1);
                if (limit >= 0 && guaranteed > limit) {
                    findings.add(
                            "/spec/quotas/" + index + "/" + resource + "/quota",
                            "quota-within-limit",
                            "A quota of " + guaranteed + " is more than the limit of " + limit + ". Raise the limit.");
                }
            }
            index++;
        }
    }

    private void pool() {
        String key = object.at("/spec/labelKey").asText(Labels.NODE_POOL);
        String value = object.at("/spec/labelValue").asText();
        String wanted = value.isEmpty() ? name : value;
        known.pools().forEach((other, facts) -> {
            String taken = facts.labelValue().isEmpty() ? other : facts.labelValue();
            if (!other.equals(name) && key.equals(facts.labelKey()) && wanted.equals(taken)) {
                findings.add(
                        "/spec/labelValue",
                        "label-is-free",
                        "Nodes with " + key + "=" + wanted + " belong to pool " + other
                                + " already. Use another label.");
            }
        });
    }
}
