/**
 * Runs the cases of a conformance corpus: a table of nodes, queues and jobs becomes a snapshot, cycles run on it, and what became
 * of each task is compared with what the case expects.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.scheduler.core.conformance;
