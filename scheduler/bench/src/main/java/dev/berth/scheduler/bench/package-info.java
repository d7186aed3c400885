/**
 * Benchmarks of the scheduler's core: {@link dev.berth.scheduler.bench.Fleet} makes clusters in the shapes that peers
 * publish figures for, the classes {@code *Benchmark} measure one action each with JMH, {@link dev.berth.scheduler.bench.Goals}
 * lists what is measured against which goal and which peer, and {@link dev.berth.scheduler.bench.TableCommand} prints it.
 */
@NullMarked
package dev.berth.scheduler.bench;

import org.jspecify.annotations.NullMarked;
