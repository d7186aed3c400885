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
 */
public record Group(
        String id,
        String name,
        String queue,
        String pool,
        int minMember,
        int priority,
        boolean preemptible,
        long createdAtMillis) {}
