/**
 * How densely GPUs are used: which node, and which of its GPUs, a pod should take so that as little as possible stays idle
 * in the end.
 *
 * <p>A {@link dev.berth.scheduler.packing.Policy} places one pod on a {@link dev.berth.scheduler.packing.Cluster};
 * {@link dev.berth.scheduler.packing.PolicyName} lists them. {@link dev.berth.scheduler.packing.Replay} feeds a trace's
 * arrivals through a policy and records load, allocation and fragmentation. {@link dev.berth.scheduler.packing.SimulateCommand}
 * does this from the command line; beside it only {@link dev.berth.scheduler.packing.TraceFolder} touches files. Berth's own
 * policy is {@link dev.berth.scheduler.packing.Foresight}, and {@link dev.berth.scheduler.packing.Learning} runs it without
 * being told what is popular.
 */
@NullMarked
package dev.berth.scheduler.packing;

import org.jspecify.annotations.NullMarked;
