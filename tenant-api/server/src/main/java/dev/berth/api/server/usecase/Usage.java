package dev.berth.api.server.usecase;

import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.store.NamedStore;
import dev.berth.api.server.store.WorkloadStore;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What projects, and departments through their projects, hold and ask for. */
public final class Usage {
    static final Sum NONE = new Sum(0, 0, 0, 0);
    /** Projects of one tenant that a department's sum looks at. */
    private static final int MAX_PROJECTS = 10_000;

    private final WorkloadStore workloads = new WorkloadStore();

    /** The sums of one project or department. */
    public record Sum(long heldGpuMilli, long requestedGpuMilli, long running, long queued) {
        Sum plus(Sum other) {
            return new Sum(
                    heldGpuMilli + other.heldGpuMilli,
                    requestedGpuMilli + other.requestedGpuMilli,
                    running + other.running,
                    queued + other.queued);
        }
    }

    /** By project id. */
    public Future<Map<UUID, Sum>> ofProjects(Look look, List<Named> projects) {
        return sums(look, projects.stream().map(Named::id).toList());
    }

    /** By department id. */
    Future<Map<UUID, Sum>> ofDepartments(Look look, List<Named> departments) {
        List<String> ids = departments.stream().map(row -> row.id().toString()).toList();
        if (ids.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return NamedStore.PROJECTS.page(look, ids, null, MAX_PROJECTS).compose(projects -> ofProjects(look, projects)
                .map(sums -> {
                    Map<UUID, Sum> all = new HashMap<>();
                    for (Named project : projects) {
                        UUID department = project.parent();
                        if (department != null) {
                            all.merge(department, sums.getOrDefault(project.id(), NONE), Sum::plus);
                        }
                    }
                    return all;
                }));
    }

    private Future<Map<UUID, Sum>> sums(Look look, List<UUID> projects) {
        if (projects.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return workloads.usage(look, projects).map(rows -> {
            Map<UUID, Sum> sums = new HashMap<>();
            rows.forEach(row -> sums.put(
                    row.getUUID("project_id"),
                    new Sum(
                            row.getLong("held"),
                            row.getLong("requested"),
                            row.getLong("running"),
                            row.getLong("queued"))));
            return sums;
        });
    }
}
