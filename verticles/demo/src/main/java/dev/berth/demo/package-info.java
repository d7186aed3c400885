/**
 * The demo: the whole platform in one process on embedded parts, fed with a production GPU trace or a generated one, and
 * checked by code that shares nothing with the scheduler.
 *
 * <h2>How a trace becomes a replay</h2>
 *
 * <p>The openb trace (Weng et al., "Beware of Fragmentation", USENIX ATC 2023) spreads 8,152 pods over 149 days; by its
 * own timestamps it keeps about 1 % of its GPUs busy. {@link dev.berth.demo.trace.Arrivals} therefore divides all arrival times by
 * one factor, chosen so that the demand for GPUs at its peak, if every pod started the moment it arrived, is {@code --load}
 * times the capacity. Durations are kept. One pass of the list reaches about 0.98; above that the list is repeated.
 *
 * <p>The trace has no projects. {@link dev.berth.demo.client.Organisation} assigns them by the CRC-32 of the pod's name, so that the
 * same pod has the same project in every run. {@code qos} LS and Guaranteed become priority class interactive-preemptible,
 * everything else train; all are preemptible, so that projects may borrow beyond their quotas. A pod whose phase was Failed
 * runs as long as it did and ends as Failed.
 *
 * <p>Enter by {@link dev.berth.demo.DemoCommand}; {@link dev.berth.demo.Platform} puts the parts together, {@link
 * dev.berth.demo.Replay} drives, {@link dev.berth.demo.watch.IndependentChecker} watches.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.demo;
