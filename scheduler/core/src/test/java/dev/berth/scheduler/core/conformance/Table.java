package dev.berth.scheduler.core.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.GpuRequest;
import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.DeviceClaim;
import dev.berth.scheduler.core.Group;
import dev.berth.scheduler.core.Mig;
import dev.berth.scheduler.core.Node;
import dev.berth.scheduler.core.PodSet;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.Quota;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.SubGroup;
import dev.berth.scheduler.core.Topology;
import dev.berth.scheduler.core.TopologyBound;
import dev.berth.scheduler.core.predicate.PodFacts;
import dev.berth.scheduler.core.predicate.PodTerm;
import dev.berth.scheduler.core.predicate.Requirement;
import dev.berth.scheduler.core.predicate.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A case read from the corpus, in Berth's words. */
final class Table {
    static final long NOW = 1_000_000_000L;
    private static final String POOL = "default";
    private static final String TYPE = "kai.scheduler/type";

    final List<Node> nodes = new ArrayList<>();
    final List<Queue> queues = new ArrayList<>();
    final List<Topology> topologies = new ArrayList<>();
    final Map<String, DeviceClaim> claims = new LinkedHashMap<>();
    final Map<String, Group> groups = new LinkedHashMap<>();
    final Map<String, Row> rows = new LinkedHashMap<>();

    Table(JsonNode one) {
        one.path("nodes").fields().forEachRemaining(entry -> nodes.add(node(one, entry.getKey(), entry.getValue())));
        int created = 0;
        for (JsonNode department : one.path("departments")) {
            queues.add(queue(department, "department:" + department.path("name").asText(), "", created++));
        }
        created = 0;
        for (JsonNode queue : one.path("queues")) {
            boolean flat = one.path("disableDefaultDepartment").asBoolean();
            String parent =
                    queue.path("parent").isTextual() ? queue.path("parent").asText() : "";
            queues.add(queue(
                    queue,
                    queue.path("name").asText(),
                    parent.isEmpty() || flat ? parent : "department:" + parent,
                    created++));
        }
        one.path("topologies").forEach(topology -> {
            List<String> levels = new ArrayList<>();
            topology.path("levels").forEach(level -> levels.add(level.asText()));
            topologies.add(new Topology(topology.path("name").asText(), levels));
        });
        one.path("dra").path("resourceClaims").forEach(this::claim);
        one.path("jobs").forEach(this::job);
        Map<String, Map<String, Integer>> devices = new HashMap<>();
        one.path("jobs").forEach(job -> job.path("tasks").forEach(task -> place(task, devices)));
        freshDevices(devices);
    }

    private static Node node(JsonNode one, String name, JsonNode node) {
        Map<String, String> labels = new HashMap<>();
        node.path("labels")
                .fields()
                .forEachRemaining(e -> labels.put(e.getKey(), e.getValue().asText()));
        labels.putIfAbsent(TYPE, name);
        String strategy = node.path("migStrategy").asText();
        Mig mig = strategy.equals("mixed") ? Mig.MIXED : strategy.equals("single") ? Mig.SINGLE : Mig.NONE;
        Map<String, Long> extended = new HashMap<>();
        node.path("migInstances")
                .fields()
                .forEachRemaining(e -> extended.put(e.getKey(), e.getValue().asLong()));
        Map<String, Integer> claimable = new HashMap<>();
        one.path("dra").path("resourceSlices").forEach(slice -> {
            if (slice.path("nodeName").asText().equals(name)) {
                claimable.merge(
                        slice.path("deviceClassName").asText(),
                        slice.path("count").asInt(),
                        Integer::sum);
            }
        });
        return new Node(
                name,
                POOL,
                labels,
                Math.round(node.path("cpuCores").asDouble(20_000) * 1000),
                Math.round(node.path("cpuMemory").asDouble(20e9)),
                500,
                mig == Mig.MIXED ? 0 : node.path("gpus").asInt(),
                node.path("gpuName").asText(),
                node.path("gpuMemory").asLong(100),
                true,
                true,
                mig,
                extended,
                claimable,
                Node.plain(name, labels));
    }

    private static Queue queue(JsonNode queue, String id, String parent, int created) {
        Quota quota = new Quota(
                queue.path("priority").asInt(100),
                new Amount(
                        scaled(queue.path("quotaGpus").asDouble(0), 1000),
                        scaled(queue.path("limitGpus").asDouble(-1), 1000),
                        Math.max(0, queue.path("overQuotaWeightGpus").asDouble(0))),
                new Amount(
                        scaled(queue.path("quotaCpuMillis").asDouble(-1), 1),
                        scaled(queue.path("limitCpuMillis").asDouble(-1), 1),
                        1),
                new Amount(
                        scaled(queue.path("quotaMemoryMB").asDouble(-1), 1_000_000),
                        scaled(queue.path("limitMemoryMB").asDouble(-1), 1_000_000),
                        1));
        return new Queue(id, parent, id, created, Map.of(POOL, quota));
    }

    private static long scaled(double value, long unit) {
        return value < 0 ? Amount.UNLIMITED : Math.round(value * unit);
    }

    private void claim(JsonNode claim) {
        Set<String> holders = new HashSet<>();
        claim.path("claimStatus")
                .path("reservedFor")
                .forEach(held -> holders.add(held.path("name").asText()));
        String node = "";
        for (JsonNode device :
                claim.path("claimStatus").path("allocation").path("devices").path("results")) {
            node = poolNode(device.path("pool").asText());
        }
        String id = claim.path("namespace").asText() + "/" + claim.path("name").asText();
        claims.put(
                id,
                new DeviceClaim(
                        id,
                        claim.path("deviceClassName").asText(),
                        claim.path("count").asInt(),
                        true,
                        claim.path("labels").path("kai.scheduler/queue").asText(),
                        node,
                        holders));
    }

    /** Slices name their pool after the node, or the node after which they are named. */
    private String poolNode(String pool) {
        return nodes.stream()
                .map(Node::name)
                .filter(pool::startsWith)
                .findFirst()
                .orElse(pool);
    }

    private void job(JsonNode job) {
        String name = job.path("name").asText();
        boolean started = false;
        for (JsonNode task : job.path("tasks")) {
            started |= task.path("state").asText().equals("Running");
        }
        double stale = job.path("staleForSeconds").asDouble(0);
        groups.put(
                name,
                new Group(
                        name,
                        name,
                        job.path("queue").asText(),
                        POOL,
                        job.path("minAvailable").asInt(),
                        job.path("priority").asInt(),
                        job.path("isPreemptible").asBoolean(),
                        NOW - job.path("ageMinutes").asLong() * 60_000,
                        false,
                        job.has("subGroups")
                                ? subGroup(job.path("subGroups"))
                                : SubGroup.flat(job.path("minAvailable").asInt()),
                        started ? NOW - 60_000 : 0,
                        stale > 0 ? NOW - Math.round(stale * 1000) : 0));
        for (JsonNode task : job.path("tasks")) {
            Row row = new Row(
                    task.path("id").asText(),
                    name,
                    task.path("subGroup").asText(PodSet.DEFAULT),
                    task.has("priority") ? -1_000_000 - task.path("priority").asInt() : 0,
                    request(job, task),
                    job.path("deleteOnRelease").asBoolean());
            row.state = task.path("state").asText();
            rows.put(row.id, row);
        }
    }

    private static SubGroup subGroup(JsonNode group) {
        List<PodSet> sets = new ArrayList<>();
        group.path("podSets")
                .forEach(set -> sets.add(new PodSet(
                        set.path("name").asText(),
                        set.path("minAvailable").asInt(),
                        bound(set.path("topologyConstraint")))));
        List<SubGroup> groups = new ArrayList<>();
        group.path("groups").forEach(child -> groups.add(subGroup(child)));
        return new SubGroup(group.path("name").asText(), bound(group.path("topologyConstraint")), sets, groups);
    }

    private static TopologyBound bound(JsonNode constraint) {
        return new TopologyBound(
                constraint.path("topology").asText(),
                constraint.path("requiredLevel").asText(),
                constraint.path("preferredLevel").asText());
    }

    private static Request request(JsonNode job, JsonNode task) {
        if (job.path("isBestEffort").asBoolean()) {
            return Request.of(0, 0, GpuRequest.NONE);
        }
        Map<String, Long> extended = new HashMap<>();
        task.path("requiredMigInstances")
                .fields()
                .forEachRemaining(e -> extended.put(e.getKey(), e.getValue().asLong()));
        Set<String> names = new HashSet<>();
        task.path("nodeAffinityNames").forEach(name -> names.add(name.asText()));
        List<String> claimed = new ArrayList<>();
        task.path("resourceClaimNames")
                .forEach(name -> claimed.add(job.path("namespace").asText() + "/" + name.asText()));
        return new Request(
                Math.round(job.path("requiredCpusPerTask").asDouble(1) * 1000),
                Math.round(job.path("requiredMemoryPerTask").asDouble(1e9)),
                gpu(job, task),
                Set.of(),
                Map.of(),
                names.isEmpty() ? Map.of() : Map.of(TYPE, names),
                extended,
                claimed,
                facts(task),
                task.path("isLegacyMigTask").asBoolean());
    }

    /** Pods with the same labels want to be beside, or apart from, each other. */
    private static PodFacts facts(JsonNode task) {
        Map<String, String> labels = new HashMap<>();
        List<Requirement> same = new ArrayList<>();
        task.path("podAffinityLabels").fields().forEachRemaining(label -> {
            labels.put(label.getKey(), label.getValue().asText());
            same.add(Requirement.is(label.getKey(), label.getValue().asText()));
        });
        if (labels.isEmpty()) {
            return Request.PLAIN;
        }
        return PodFacts.in("")
                .labels(labels)
                .beside(terms(same, task.path("podAffinityTopologyKey").asText()))
                .apart(terms(same, task.path("podAntiAffinityTopologyKey").asText()))
                .build();
    }

    private static List<PodTerm> terms(List<Requirement> same, String topologyKey) {
        return topologyKey.isEmpty()
                ? List.of()
                : List.of(new PodTerm(Selector.all(same), Set.of(""), Selector.NOTHING, topologyKey));
    }

    private static GpuRequest gpu(JsonNode job, JsonNode task) {
        if (job.path("requiredGpuMemory").asLong() > 0) {
            return new GpuRequest.Memory(1, job.path("requiredGpuMemory").asLong());
        }
        double gpus = task.path("requiredGpus")
                .asDouble(job.path("requiredGpusPerTask").asDouble());
        if (gpus == Math.rint(gpus)) {
            return new GpuRequest.Whole((int) gpus);
        }
        int devices =
                Math.max(1, job.path("requiredMultiFractionDevicesPerTask").asInt(1));
        return new GpuRequest.Fraction(devices, (int) Math.round(gpus * 1000));
    }

    /** Puts running tasks on their nodes; those that share a group share a device. */
    private void place(JsonNode task, Map<String, Map<String, Integer>> devices) {
        Row row = rows.get(task.path("id").asText());
        if (row == null || row.state.equals("Pending")) {
            return;
        }
        row.node = task.path("nodeName").asText();
        if (!row.isPart() || row.state.equals("Failed")) {
            return;
        }
        Map<String, Integer> known = devices.computeIfAbsent(row.node, node -> new LinkedHashMap<>());
        task.path("gpuGroups").forEach(group -> {
            known.putIfAbsent(group.asText(), known.size());
            row.devices.add(known.get(group.asText()));
        });
    }

    private void freshDevices(Map<String, Map<String, Integer>> devices) {
        for (Row row : rows.values()) {
            if (row.isPart() && !row.node.isEmpty() && row.devices.isEmpty() && !row.state.equals("Failed")) {
                Map<String, Integer> known = devices.computeIfAbsent(row.node, node -> new LinkedHashMap<>());
                for (int i = 0; i < row.request.gpu().devices(); i++) {
                    row.devices.add(known.size());
                    known.put("fresh " + row.id + i, known.size());
                }
            }
        }
    }
}
