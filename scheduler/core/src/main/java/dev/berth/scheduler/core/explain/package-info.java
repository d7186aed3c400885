/**
 * Says why each gang still waits, from what the cycle ran into.
 */
@NullMarked
package dev.berth.scheduler.core.explain;

import org.jspecify.annotations.NullMarked;
