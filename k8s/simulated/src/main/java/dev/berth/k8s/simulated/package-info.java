/**
 * A cluster in memory behind the port {@link dev.berth.k8s.client.Cluster}: API objects with resource versions and
 * conflicts, watches that overflow into resets, garbage collection by owner, leases, and kubelets that start, run and
 * end pods on a clock which may be virtual.
 *
 * <p>Enter by {@link dev.berth.k8s.simulated.SimulatedCluster}. Threading: one lock per cluster guards all of its
 * objects, is held for microseconds and never while foreign code runs, except for observers. Watchers are called on
 * their own Vert.x context. Objects are stored and handed out by reference, because nobody changes an object that was
 * handed over. What is not here: schema validation, authorization, disruption budgets, controllers other than the
 * garbage collector.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.simulated;
