package dev.berth.api.server.store;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that users know by its name.
 *
 * @param labels JSON text
 * @param spec JSON text
 * @param parent department of a project, cluster of a node pool
 */
public record Named(
        UUID id,
        String name,
        String labels,
        String spec,
        int generation,
        long version,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @Nullable UUID parent,
        String parentName) {
    /**
     * Which one is meant, and which version of it was seen.
     *
     * @param parent id or name; empty: any
     */
    public record Wanted(
            String idOrName, String parent, @Nullable String ifMatch) {}
}
