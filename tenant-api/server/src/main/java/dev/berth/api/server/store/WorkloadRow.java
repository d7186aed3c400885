package dev.berth.api.server.store;

import dev.berth.model.Phase;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One workload as it is stored.
 *
 * @param labels JSON text
 * @param spec JSON text, as users see it
 * @param status JSON text, as the cluster reported it
 */
public record WorkloadRow(
        UUID id,
        String name,
        UUID projectId,
        String project,
        UUID clusterId,
        String cluster,
        String clusterState,
        String nodePool,
        String labels,
        String spec,
        String status,
        String phase,
        String reason,
        long requestedGpuMilli,
        boolean stopped,
        boolean deleting,
        boolean deleted,
        int generation,
        long version,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @Nullable OffsetDateTime observedAt) {
    static final String COLUMNS =
            "w.id, w.name, w.project_id, p.name AS project, w.cluster_id, c.name AS cluster, c.state AS cluster_state, w.node_pool,"
                    + " w.labels::text AS labels, w.spec::text AS spec, w.status::text AS status, w.phase, w.reason, w.requested_gpu_milli,"
                    + " w.stopped, w.deleting, w.deleted, w.generation, w.version, w.created_at, w.updated_at, w.observed_at";
    static final String JOINS = " JOIN projects p ON p.tenant_id = w.tenant_id AND p.id = w.project_id"
            + " JOIN clusters c ON c.tenant_id = w.tenant_id AND c.id = w.cluster_id ";

    /** The same, once a user asked to stop it. */
    public WorkloadRow stopping(long newVersion, OffsetDateTime now) {
        return steered(new Steering(true, deleting, false), newVersion, now);
    }

    /** The same, once a user asked to delete it; gone at once when its cluster never had it. */
    public WorkloadRow leaving(boolean gone, long newVersion, OffsetDateTime now) {
        return steered(new Steering(stopped, true, gone), newVersion, now);
    }

    /** Whether nothing will happen any more. */
    public boolean finished() {
        return Phase.of(phase).isFinal();
    }

    private record Steering(boolean stopped, boolean deleting, boolean deleted) {}

    private WorkloadRow steered(Steering to, long newVersion, OffsetDateTime now) {
        return new WorkloadRow(
                id,
                name,
                projectId,
                project,
                clusterId,
                cluster,
                clusterState,
                nodePool,
                labels,
                spec,
                status,
                finished() ? phase : Phase.STOPPING.word(),
                reason,
                requestedGpuMilli,
                to.stopped(),
                to.deleting(),
                to.deleted(),
                generation + 1,
                newVersion,
                createdAt,
                now,
                observedAt);
    }

    static WorkloadRow of(Row row) {
        return new WorkloadRow(
                row.getUUID("id"),
                row.getString("name"),
                row.getUUID("project_id"),
                row.getString("project"),
                row.getUUID("cluster_id"),
                row.getString("cluster"),
                row.getString("cluster_state"),
                row.getString("node_pool"),
                row.getString("labels"),
                row.getString("spec"),
                row.getString("status"),
                row.getString("phase"),
                row.getString("reason"),
                row.getLong("requested_gpu_milli"),
                row.getBoolean("stopped"),
                row.getBoolean("deleting"),
                row.getBoolean("deleted"),
                row.getInteger("generation"),
                row.getLong("version"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getOffsetDateTime("observed_at"));
    }
}
