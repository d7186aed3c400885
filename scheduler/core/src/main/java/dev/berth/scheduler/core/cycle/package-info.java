/**
 * One cycle from snapshot to report: enter at {@link dev.berth.scheduler.core.cycle.Cycle#run}. Looks for changes that would
 * start what waits by running itself on changed snapshots.
 */
@NullMarked
package dev.berth.scheduler.core.cycle;

import org.jspecify.annotations.NullMarked;
