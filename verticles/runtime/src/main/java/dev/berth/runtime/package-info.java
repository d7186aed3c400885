/**
 * What makes a process: the {@link dev.berth.runtime.Bus}, {@link dev.berth.runtime.Role}s found by ServiceLoader, strict
 * configuration, health and metrics, and {@link dev.berth.runtime.Berth}, which starts and stops them in order.
 *
 * <p>Sole importer of Hazelcast, and sole user of the raw event bus.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.runtime;
