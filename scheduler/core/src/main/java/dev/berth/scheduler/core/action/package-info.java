/**
 * What a cycle does in one pool: one class for each action, on one {@link dev.berth.scheduler.core.action.Session}. All that is
 * tried is written on an overlay of the snapshot and can be taken back; only what is committed becomes statements.
 *
 * <p>{@code Placing} finds places for a gang, all or none. {@code Solver} finds who has to leave so that it succeeds;
 * {@code Capacity} tells beforehand when that is hopeless, {@code VictimBook} who comes next, {@code Shares} what a queue may
 * take from others.
 */
@NullMarked
package dev.berth.scheduler.core.action;

import org.jspecify.annotations.NullMarked;
