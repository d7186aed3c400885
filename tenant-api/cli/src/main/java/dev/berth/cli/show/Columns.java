package dev.berth.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.wire.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the table of each kind shows. */
final class Columns {
    private static final Column NAME = Column.at("NAME", Column.NEVER_DROPPED, "/metadata/name");
    private static final Column ID = Column.at("ID", 5, "/metadata/id").wideOnly();
    private static final Column AGE = Column.age("AGE", 30, "/metadata/createdAt");

    private static final List<Column> WORKLOADS = List.of(
            NAME,
            Column.at("PROJECT", 70, "/spec/project"),
            Column.at("STATUS", 90, "/status/phase")
                    .inked(object -> Palette.ofPhase(object.at("/status/phase").asText())),
            Column.at("REASON", 80, "/status/reason"),
            Column.of("GPUS", 75, object -> Amounts.gpus(object.path("spec"))),
            Column.at("WORKERS", 20, "/spec/workers"),
            Column.of("POS", 35, Columns::position),
            Column.at("CLUSTER", 50, "/spec/cluster"),
            Column.at("POOL", 40, "/spec/nodePool"),
            AGE,
            Column.age("RUN", 25, "/status/startedAt").wideOnly(),
            Column.of("NODES", 15, Columns::nodes).wideOnly(),
            Column.at("PRIORITY", 10, "/spec/priorityClass").wideOnly(),
            Column.at("IMAGE", 8, "/spec/image").wideOnly(),
            ID);

    private static final List<Column> PROJECTS = List.of(
            NAME,
            Column.at("DEPARTMENT", 50, "/spec/department"),
            Column.of("QUOTA", 70, object -> Amounts.gpuQuota(object.path("spec"))),
            gpus("ALLOCATED", 80, "/status/allocatedGpuMilli"),
            gpus("REQUESTED", 60, "/status/requestedGpuMilli"),
            Column.at("RUNNING", 55, "/status/running"),
            Column.at("QUEUED", 56, "/status/queued"),
            AGE,
            Column.at("PRIORITY", 10, "/spec/priority").wideOnly(),
            ID);

    private static final List<Column> DEPARTMENTS = List.of(
            NAME,
            Column.of("QUOTA", 70, object -> Amounts.gpuQuota(object.path("spec"))),
            gpus("ALLOCATED", 80, "/status/allocatedGpuMilli"),
            gpus("REQUESTED", 60, "/status/requestedGpuMilli"),
            Column.at("RUNNING", 55, "/status/running"),
            Column.at("QUEUED", 56, "/status/queued"),
            AGE,
            Column.at("PRIORITY", 10, "/spec/priority").wideOnly(),
            ID);

    private static final List<Column> CLUSTERS = List.of(
            NAME,
            Column.at("STATE", 90, "/status/state").inked(Columns::ofState),
            Column.at("NODES", 50, "/status/nodes"),
            Column.at("GPUS", 60, "/status/gpus"),
            gpus("ALLOCATED", 70, "/status/allocatedGpuMilli"),
            Column.age("SEEN", 40, "/status/lastSeenAt"),
            Column.at("AGENT", 35, "/status/version"),
            AGE,
            ID);

    private static final List<Column> NODES = List.of(
            NAME,
            Column.at("CLUSTER", 50, "/spec/cluster"),
            Column.at("POOL", 60, "/status/pool"),
            Column.of("READY", 90, object -> object.at("/status/ready").asBoolean() ? "yes" : "no")
                    .inked(object -> object.at("/status/ready").asBoolean() ? Palette.Ink.PLAIN : Palette.Ink.RED),
            Column.at("MODEL", 55, "/status/gpuModel"),
            gpus("ALLOCATED", 80, "/status/allocated/gpuMilli"),
            gpus("GPUS", 85, "/status/allocatable/gpuMilli"),
            gpus("CPU", 30, "/status/allocatable/cpuMilli"),
            Column.of("MEMORY", 25, object -> mib(object.at("/status/allocatable/memoryMib"))),
            Column.of("GPU-MEMORY", 10, object -> mib(object.at("/status/gpuMemoryMib")))
                    .wideOnly(),
            Column.of("HOLDERS", 5, Columns::holders).wideOnly());

    private static final List<Column> NODE_POOLS = List.of(
            NAME,
            Column.at("CLUSTER", 90, "/spec/cluster"),
            Column.at("NODES", 60, "/status/nodes"),
            Column.at("GPUS", 70, "/status/gpus"),
            gpus("ALLOCATED", 80, "/status/allocatedGpuMilli"),
            Column.at("PLACEMENT", 50, "/spec/placement"),
            Column.of(
                    "LABEL",
                    40,
                    object -> object.at("/spec/labelKey").asText("") + "="
                            + object.at("/spec/labelValue").asText("")),
            AGE,
            ID);

    private Columns() {}

    static List<Column> of(Kind kind, boolean wide) {
        List<Column> all =
                switch (kind) {
                    case WORKLOAD -> WORKLOADS;
                    case PROJECT -> PROJECTS;
                    case DEPARTMENT -> DEPARTMENTS;
                    case CLUSTER -> CLUSTERS;
                    case NODE -> NODES;
                    case NODE_POOL -> NODE_POOLS;
                };
        return all.stream().filter(column -> wide || !column.wide()).toList();
    }

    private static Column gpus(String head, int keep, String pointer) {
        return Column.of(head, keep, object -> {
            JsonNode value = object.at(pointer);
            return value.isNumber() ? Amounts.milli(value.asLong()) : "";
        });
    }

    private static String mib(JsonNode value) {
        return value.isNumber() ? Amounts.mib(value.asLong()) : "";
    }

    private static String position(JsonNode workload) {
        long position = workload.at("/status/explanation/position").asLong();
        return position > 0 ? Long.toString(position) : "";
    }

    private static String nodes(JsonNode workload) {
        return stream(workload.at("/status/pods"))
                .map(pod -> pod.path("node").asText(""))
                .filter(node -> !node.isEmpty() && !node.equals("null"))
                .distinct()
                .collect(Collectors.joining(","));
    }

    private static String holders(JsonNode node) {
        return stream(node.at("/status/gpus"))
                .flatMap(gpu -> stream(gpu.path("holders")))
                .map(holder -> holder.path("project").asText() + "/"
                        + holder.path("name").asText())
                .distinct()
                .collect(Collectors.joining(","));
    }

    private static Palette.Ink ofState(JsonNode cluster) {
        return switch (cluster.at("/status/state").asText()) {
            case "Connected" -> Palette.Ink.GREEN;
            case "Disconnected" -> Palette.Ink.RED;
            default -> Palette.Ink.YELLOW;
        };
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
