/**
 * The words of the scheduler: what it is told, and what it answers.
 *
 * <p>A {@link dev.berth.scheduler.core.ClusterState} is fed with nodes, pools, queues, groups, tasks, topologies and claims as
 * they change, and hands out a {@link dev.berth.scheduler.core.Snapshot}: an immutable picture that shares all that did not
 * change with the picture before. A cycle ({@code dev.berth.scheduler.core.cycle}) reads one snapshot and returns a
 * {@link dev.berth.scheduler.core.CycleReport}: statements to carry out, shares of the queues, an explanation for each group
 * that waits. A {@link dev.berth.scheduler.core.Policy} says what it may do and how much.
 *
 * <p>Words: a <i>task</i> is one pod; a <i>group</i> is what starts together; a <i>gang</i> is a group with its tasks as the
 * snapshot sees it; a <i>pod set</i> is a part of a group that is counted by itself; a <i>queue</i> is a department or project;
 * a <i>pool</i> is a set of nodes that is shared on its own.
 *
 * <p>The packages below, each knowing only those before it: {@code place} (where a task fits), {@code queue} (whose turn it
 * is), {@code action} (what is done), {@code explain} (why something waits), {@code cycle}.
 *
 * <p>Nothing here knows time, threads, randomness or I/O: the same snapshot and policy give the same report, byte for byte,
 * in whatever order the state was told. One thread at a time may use a state or a cycle; a snapshot may be read by many.
 */
@NullMarked
package dev.berth.scheduler.core;

import org.jspecify.annotations.NullMarked;
