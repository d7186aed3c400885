/**
 * Where one task fits and where it is best: nodes with what is free now and later, devices, claims, scorers, and the domains
 * of topologies. Enter at {@link dev.berth.scheduler.core.place.PoolNodes#find}. Knows nothing of queues.
 */
@NullMarked
package dev.berth.scheduler.core.place;

import org.jspecify.annotations.NullMarked;
