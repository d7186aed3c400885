/**
 * Makes of each Workload what must exist in the cluster, and of what exists the Workload's status.
 *
 * <p>Pure: {@link dev.berth.k8s.operator.DesiredState} (what must be), {@link dev.berth.k8s.operator.Plan} (the next step
 * there) and {@link dev.berth.k8s.operator.ObservedStatus} (what is said of it). Doing: {@link
 * dev.berth.k8s.operator.WorkloadReconciler}, the entry, over one {@code Cluster}. Three watches feed the {@link
 * dev.berth.k8s.operator.WorkloadBook}; every change touches one workload, whose key goes into one {@link
 * dev.berth.k8s.work.KeyQueue} for steps and, gathered, into another for status writes. One verticle on one event
 * loop owns all of it.
 *
 * <p>{@link dev.berth.k8s.operator.ProjectUpkeep} does the same for projects and their namespaces, which are in the package
 * {@code project}.
 *
 * <p>Where pods go is the scheduler's business; this package copies what it says of a waiting group.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.operator;
