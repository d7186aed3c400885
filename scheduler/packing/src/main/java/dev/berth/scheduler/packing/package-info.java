/**
 * How densely GPUs are used: which node, and which of its GPUs, a pod should take so that as little as possible stays idle
 * in the end.
 *
 * <p>A {@link dev.berth.scheduler.packing.Policy} places one pod on a {@link dev.berth.scheduler.packing.Cluster};
 * {@link dev.berth.scheduler.packing.PolicyName} lists them. {@link dev.berth.scheduler.packing.Replay} feeds a trace's
 * arrivals through a policy and records load, allocation and fragmentation. {@link dev.berth.scheduler.packing.SimulateCommand}
 * does this from the command line and is the only place that reads or writes files.
 */
@NullMarked
package dev.berth.scheduler.packing;

import org.jspecify.annotations.NullMarked;
