package dev.berth.api.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Labels;
import dev.berth.model.Refusal.FieldError;
import dev.berth.model.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A department, project, node pool or cluster as a user writes it: checked, with every default filled in.
 *
 * @param parent the department of a project, the cluster of a node pool, else empty
 * @param spec what is stored and shown
 */
public record OrganisationForm(Head head, String parent, ObjectNode spec) {
    private static final int MAX_NAME = 253;
    private static final int MAX_DISPLAY = 200;
    private static final int MAX_QUOTAS = 256;
    private static final long MAX_AMOUNT = 1_000_000_000_000L;
    private static final int MAX_PRIORITY = 1_000_000;
    private static final int PRIORITY = 100;

    public static OrganisationForm department(JsonNode body) {
        return read(body, "Department", (spec, out) -> {
            display(spec, out);
            quotas(spec, out);
            return "";
        });
    }

    public static OrganisationForm project(JsonNode body) {
        return read(body, "Project", (spec, out) -> {
            String department = spec.text("department", MAX_NAME, "");
            display(spec, out);
            out.put("department", department);
            quotas(spec, out);
            return department;
        });
    }

    public static OrganisationForm cluster(JsonNode body) {
        return read(body, "Cluster", (spec, out) -> {
            display(spec, out);
            return "";
        });
    }

    public static OrganisationForm nodePool(JsonNode body) {
        return read(body, "NodePool", (spec, out) -> {
            String cluster = spec.requiredText("cluster", 1, MAX_NAME);
            out.put("cluster", cluster);
            String key = spec.text("labelKey", 317, Labels.NODE_POOL);
            spec.match("labelKey", key, Patterns.LABEL_KEY, "a label key of Kubernetes");
            out.put("labelKey", key);
            String name = body.path("metadata").path("name").asText("");
            String value = spec.text("labelValue", 63, name);
            spec.match("labelValue", value, Patterns.LABEL_VALUE, "a label value of Kubernetes");
            out.put("labelValue", value.isEmpty() ? name : value);
            out.put("placement", spec.word("placement", Set.of("binpack", "spread"), "binpack"));
            return cluster;
        });
    }

    private interface SpecReader {
        /** Fills {@code out}; returns the parent. */
        String read(Fields spec, ObjectNode out);
    }

    private static OrganisationForm read(JsonNode body, String kind, SpecReader reader) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body, errors);
        Head head = Head.read(fields, kind);
        ObjectNode out = Json.object();
        Fields spec = fields.object("spec");
        String parent = reader.read(spec, out);
        spec.done();
        fields.done();
        if (!errors.isEmpty()) {
            throw new Refused(Fields.refusal("The " + kind, errors));
        }
        return new OrganisationForm(head, parent, out);
    }

    private static void display(Fields spec, ObjectNode out) {
        out.put("displayName", spec.text("displayName", MAX_DISPLAY, ""));
    }

    private static void quotas(Fields spec, ObjectNode out) {
        out.put("priority", spec.whole("priority", 0, MAX_PRIORITY, PRIORITY));
        ArrayNode quotas = out.putArray("quotas");
        var seen = new java.util.HashSet<String>();
        for (Fields quota : spec.objects("quotas", MAX_QUOTAS)) {
            ObjectNode pool = quotas.addObject();
            String cluster = quota.text("cluster", MAX_NAME, "");
            if (!cluster.isEmpty()) {
                pool.put("cluster", cluster);
            }
            String nodePool = quota.requiredText("nodePool", 1, 63);
            pool.put("nodePool", nodePool);
            if (!seen.add(cluster + "/" + nodePool)) {
                quota.note("nodePool", "duplicate", "Expected one quota for each cluster and pool.");
            }
            pool.put("priority", quota.whole("priority", 0, MAX_PRIORITY, PRIORITY));
            amount(quota, pool, "gpuMilli", 0);
            amount(quota, pool, "cpuMilli", -1);
            amount(quota, pool, "memoryMib", -1);
            quota.done();
        }
    }

    private static void amount(Fields quota, ObjectNode pool, String resource, long absent) {
        Fields amount = quota.object(resource);
        ObjectNode out = pool.putObject(resource);
        out.put("quota", amount.whole("quota", -1, MAX_AMOUNT, absent));
        out.put("limit", amount.whole("limit", -1, MAX_AMOUNT, -1));
        out.put("overQuotaWeight", amount.number("overQuotaWeight", 0, 1_000_000, 1));
        amount.done();
    }
}
