/**
 * The grouper: every pod that names Berth's scheduler, and that no Workload of Berth controls, gets a {@code PodGroup} by
 * what owns it, and the owner's work is shown as a Workload of kind external. What a kind is like is said by adapters;
 * what follows is decided in {@code dev.berth.k8s.grouper.rule}; here is the doing: {@link
 * dev.berth.k8s.grouper.PodGrouper}, the entry, takes pods one by one from a queue of keys, {@link
 * dev.berth.k8s.grouper.OwnerWalk} finds their owners, {@link dev.berth.k8s.grouper.ExternalWriter} tells and stops.
 *
 * <p>Nothing here is the only truth: after a restart the watches tell all again, and every step may be repeated. Foreign
 * objects get no finalizer; they are read, and written only to suspend and resume what a user stopped.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.grouper;
