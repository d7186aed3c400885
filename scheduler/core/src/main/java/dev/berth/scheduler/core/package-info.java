/**
 * Decides which waiting pod goes to which node and which GPUs, and says why the others wait.
 *
 * <p>A {@link dev.berth.scheduler.core.ClusterState} is fed with nodes, pools, queues, groups and tasks as they change, and hands
 * out a {@link dev.berth.scheduler.core.Snapshot}: an immutable picture that shares all that did not change with the picture
 * before. {@link dev.berth.scheduler.core.Cycle#run} reads one snapshot and returns a
 * {@link dev.berth.scheduler.core.CycleReport}: statements to carry out, shares of the queues, an explanation for each group
 * that waits.
 *
 * <p>Words: a <i>task</i> is one pod; a <i>group</i> is what starts together; a <i>gang</i> is a group with its tasks as the
 * snapshot sees it; a <i>queue</i> is a department or project; a <i>pool</i> is a set of nodes that is shared on its own.
 *
 * <p>Nothing here knows time, threads, randomness or I/O: the same snapshot and policy give the same report, byte for byte,
 * in whatever order the state was told. One thread at a time may use a state or a cycle; a snapshot may be read by many.
 */
@NullMarked
package dev.berth.scheduler.core;

import org.jspecify.annotations.NullMarked;
