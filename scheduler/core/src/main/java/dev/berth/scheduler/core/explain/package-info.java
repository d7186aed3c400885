/**
 * Says why each gang still waits, from what the cycle ran into: the stage that stopped it, counts of nodes by what they lack,
 * and whether it could start at all.
 */
@NullMarked
package dev.berth.scheduler.core.explain;

import org.jspecify.annotations.NullMarked;
