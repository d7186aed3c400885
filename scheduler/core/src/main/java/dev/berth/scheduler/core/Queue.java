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
 * @param protection how long what starts here is safe
 */
public record Queue(
        String id, String parent, String name, long createdAtMillis, Map<String, Quota> quotas, Protection protection) {
    public Queue {
        quotas = Collections.unmodifiableSortedMap(new TreeMap<>(quotas));
    }

    public Queue(String id, String parent, String name, long createdAtMillis, Map<String, Quota> quotas) {
        this(id, parent, name, createdAtMillis, quotas, Protection.INHERITED);
    }

    /** The amounts in a pool. */
    public Quota in(String pool) {
        return quotas.getOrDefault(pool, Quota.OPEN);
    }

    /**
     * For how long after its start a gang keeps its minimum.
     *
     * @param preemptMillis from work of higher priority in the same queue; below 0: as the queue above says
     * @param reclaimMillis from other queues; below 0: as the queue above says
     */
    public record Protection(long preemptMillis, long reclaimMillis) {
        public static final Protection INHERITED = new Protection(-1, -1);
    }
}
