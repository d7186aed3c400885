package dev.berth.api.server.usecase;

import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.store.NamedStore;
import dev.berth.api.server.store.WorkloadStore;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What projects, and departments through their projects, hold and ask for: in each pool of each cluster, and together. */
public final class Usage {
    /** Projects of one tenant that a department's sum looks at. */
    private static final int MAX_PROJECTS = 10_000;
    /** Places that one project or department lists; its total counts the others too. */
    private static final int MAX_PLACES = 1000;

    private final WorkloadStore workloads = new WorkloadStore();

    /** A pool of a cluster, by their names. */
    record Place(String cluster, String nodePool) {}

    /** GPUs in thousandths, and workloads. */
    record Sum(long heldGpuMilli, long requestedGpuMilli, long running, long queued) {
        static final Sum NONE = new Sum(0, 0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(
                    heldGpuMilli + other.heldGpuMilli,
                    requestedGpuMilli + other.requestedGpuMilli,
                    running + other.running,
                    queued + other.queued);
        }
    }

    /** What is held and asked in one place. */
    record PlaceSum(Place place, Sum sum) {}

    /** All that one project or department holds and asks for; what asks most comes first. */
    public record Uses(Sum total, List<PlaceSum> places) {
        static final Uses NONE = new Uses(Sum.NONE, List.of());

        static Uses of(Map<Place, Sum> sums) {
            return new Uses(
                    sums.values().stream().reduce(Sum.NONE, Sum::plus),
                    sums.entrySet().stream()
                            // A workload that is being stopped before it ran is unfinished and counts nowhere.
                            .filter(entry -> !entry.getValue().equals(Sum.NONE))
                            .map(entry -> new PlaceSum(entry.getKey(), entry.getValue()))
                            .sorted(Comparator.comparingLong(
                                            (PlaceSum one) -> -one.sum().requestedGpuMilli())
                                    .thenComparing(one -> one.place().cluster())
                                    .thenComparing(one -> one.place().nodePool()))
                            .limit(MAX_PLACES)
                            .toList());
        }
    }

    /** By project id. */
    public Future<Map<UUID, Uses>> ofProjects(Look look, List<Named> projects) {
        return sums(look, projects).map(Usage::uses);
    }

    /** By department id. */
    Future<Map<UUID, Uses>> ofDepartments(Look look, List<Named> departments) {
        List<String> ids = departments.stream().map(row -> row.id().toString()).toList();
        if (ids.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return NamedStore.PROJECTS.page(look, ids, null, MAX_PROJECTS).compose(projects -> sums(look, projects)
                .map(sums -> uses(together(projects, sums))));
    }

    /** The sums of projects as those of their departments. */
    static Map<UUID, Map<Place, Sum>> together(List<Named> projects, Map<UUID, Map<Place, Sum>> sums) {
        Map<UUID, Map<Place, Sum>> all = new HashMap<>();
        for (Named project : projects) {
            UUID department = project.parent();
            if (department != null) {
                Map<Place, Sum> own = all.computeIfAbsent(department, any -> new HashMap<>());
                sums.getOrDefault(project.id(), Map.of()).forEach((place, sum) -> own.merge(place, sum, Sum::plus));
            }
        }
        return all;
    }

    private static Map<UUID, Uses> uses(Map<UUID, Map<Place, Sum>> sums) {
        Map<UUID, Uses> uses = new HashMap<>();
        sums.forEach((id, places) -> uses.put(id, Uses.of(places)));
        return uses;
    }

    private Future<Map<UUID, Map<Place, Sum>>> sums(Look look, List<Named> projects) {
        if (projects.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return workloads.usage(look, projects.stream().map(Named::id).toList()).map(rows -> {
            Map<UUID, Map<Place, Sum>> sums = new HashMap<>();
            rows.forEach(row -> sums.computeIfAbsent(row.getUUID("project_id"), any -> new HashMap<>())
                    .put(
                            new Place(row.getString("cluster"), row.getString("node_pool")),
                            new Sum(
                                    row.getLong("held"),
                                    row.getLong("requested"),
                                    row.getLong("running"),
                                    row.getLong("queued"))));
            return sums;
        });
    }
}
