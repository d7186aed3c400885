/**
 * Kubernetes' objects read as the facts that {@link dev.berth.scheduler.core.predicate} decides by.
 *
 * <p>Enter by {@link dev.berth.scheduler.verticle.kubernetes.NodeFactsReading} and {@link
 * dev.berth.scheduler.verticle.kubernetes.PodFactsReading}. What the API server would have filled in is filled in here too
 * where it is missing, so that objects of a simulated cluster read the same.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.scheduler.verticle.kubernetes;
