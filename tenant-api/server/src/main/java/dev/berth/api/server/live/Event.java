package dev.berth.api.server.live;

import dev.berth.api.server.store.WorkloadRow;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object as it is after a change.
 *
 * @param version what a listener resumes from; 0 when the event can be missed, as a newer one follows
 * @param topic workloads, nodes, clusters, projects
 * @param type ADDED, MODIFIED, DELETED
 * @param scopes names and ids that filters ask for, each behind its kind: {@code project:vision}
 * @param json the object
 * @param workload the row, for those who do not speak JSON
 */
public record Event(
        long version,
        String topic,
        String type,
        Set<String> scopes,
        String json,
        @Nullable WorkloadRow workload) {}
