package dev.berth.scheduler.core;

import dev.berth.model.Resources;

/**
 * What one queue has in one pool after the cycle.
 *
 * @param queue id of the queue
 * @param fairShare what the division gives it
 * @param allocated what its tasks hold, those of the queues below included
 * @param allocatedNonPreemptible the part of it that nobody may take
 * @param requested allocated and asked for
 */
public record QueueShare(
        String pool,
        String queue,
        Resources fairShare,
        Resources allocated,
        Resources allocatedNonPreemptible,
        Resources requested) {}
