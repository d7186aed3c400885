/**
 * The queues of a pool, their shares, and the order in which jobs have their turn.
 *
 * <p>A {@link dev.berth.scheduler.core.queue.Job} is a gang during one cycle, a {@link dev.berth.scheduler.core.queue.Seat} one
 * of its tasks: where it is and where it is meant to be. {@link dev.berth.scheduler.core.queue.Gates} say what a queue and all
 * above it may hold; {@link dev.berth.scheduler.core.queue.Turns} are read forwards for those who wait and backwards for those
 * who may lose their room. Fair shares and the order are those of KAI-Scheduler, told in the design pages.
 */
@NullMarked
package dev.berth.scheduler.core.queue;

import org.jspecify.annotations.NullMarked;
