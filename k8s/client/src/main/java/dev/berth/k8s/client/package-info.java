/**
 * The port to one cluster, {@link dev.berth.k8s.client.Cluster}, and its Kubernetes adapter over fabric8. The simulated
 * adapter lives in {@code dev.berth.k8s.simulated}; both pass one contract test.
 *
 * <p>Blocking calls of fabric8 run on workers; callers only see futures on their own context.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.client;
