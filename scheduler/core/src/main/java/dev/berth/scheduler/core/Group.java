package dev.berth.scheduler.core;

/**
 * What starts together.
 *
 * @param id unique in the cluster, such as namespace/name
 * @param name what users call it
 * @param queue id of its queue
 * @param pool name of its pool
 * @param minMember tasks without which none starts; those beyond start one by one
 * @param priority higher goes first within its queue
 * @param preemptible whether others may take its room; if not, it stays within quota
 * @param semi when it is not preemptible: whether others may take what it has beyond its minimum
 * @param root its parts; their minimums sum to {@code minMember}
 * @param startedAtMillis when its minimum was last placed; 0 when it never was
 * @param staleSinceMillis since when it has been below its minimum although something of it runs; 0 when it is not
 */
public record Group(
        String id,
        String name,
        String queue,
        String pool,
        int minMember,
        int priority,
        boolean preemptible,
        long createdAtMillis,
        boolean semi,
        SubGroup root,
        long startedAtMillis,
        long staleSinceMillis) {
    public Group(
            String id,
            String name,
            String queue,
            String pool,
            int minMember,
            int priority,
            boolean preemptible,
            long createdAtMillis) {
        this(
                id,
                name,
                queue,
                pool,
                minMember,
                priority,
                preemptible,
                createdAtMillis,
                false,
                SubGroup.flat(minMember),
                0,
                0);
    }

    /** The same without parts and with another minimum. */
    public Group withMinimum(int minimum) {
        return new Group(
                id,
                name,
                queue,
                pool,
                minimum,
                priority,
                preemptible,
                createdAtMillis,
                semi,
                SubGroup.flat(minimum),
                startedAtMillis,
                staleSinceMillis);
    }

    /** The same, preemptible. */
    public Group asPreemptible() {
        return new Group(
                id,
                name,
                queue,
                pool,
                minMember,
                priority,
                true,
                createdAtMillis,
                false,
                root,
                startedAtMillis,
                staleSinceMillis);
    }

    /** The same in another pool. */
    public Group in(String otherPool) {
        return new Group(
                id,
                name,
                queue,
                otherPool,
                minMember,
                priority,
                preemptible,
                createdAtMillis,
                semi,
                root,
                startedAtMillis,
                staleSinceMillis);
    }
}
