/**
 * Carries out what the scheduler decided about pods that need work before they are bound: a part of a device, a claim, a
 * volume. Each decision is a {@link dev.berth.k8s.crd.BindRequest}.
 *
 * <p>Pure: {@link dev.berth.k8s.binder.NextStep} says, from what exists, the one thing to do next for a request; {@link
 * dev.berth.k8s.binder.Reservation} is the pod that holds a shared device. Doing: {@link dev.berth.k8s.binder.Binder}, for
 * one {@link dev.berth.k8s.binder.BinderTerm} of the lease. Nothing is remembered that the cluster does not tell again, and
 * every step may be repeated, so that a binder that was killed between two steps is followed by one that goes on.
 *
 * <p>Where a pod goes and which device it shares is the scheduler's business.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.binder;
