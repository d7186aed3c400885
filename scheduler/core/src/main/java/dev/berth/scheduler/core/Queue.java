package dev.berth.scheduler.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A department or a project.
 *
 * @param id unique among all queues
 * @param parent id of the queue above, or "" for a root; a parent that is missing counts as ""
 * @param name what users call it
 * @param createdAtMillis older queues go first when all else is equal
 * @param quotas by pool; {@link Quota#OPEN} for a pool that is not named
 */
public record Queue(String id, String parent, String name, long createdAtMillis, Map<String, Quota> quotas) {
    public Queue {
        quotas = Collections.unmodifiableSortedMap(new TreeMap<>(quotas));
    }

    /** The amounts in a pool. */
    public Quota in(String pool) {
        return quotas.getOrDefault(pool, Quota.OPEN);
    }
}
