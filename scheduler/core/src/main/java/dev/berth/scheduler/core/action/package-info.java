/**
 * What a cycle does in one pool, one class for each action, on one {@link dev.berth.scheduler.core.action.Session}.
 * All that is tried is written on an overlay of the snapshot and can be taken back.
 */
@NullMarked
package dev.berth.scheduler.core.action;

import org.jspecify.annotations.NullMarked;
