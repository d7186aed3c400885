/**
 * What the grouper decides, without a clock or a cluster: {@link dev.berth.k8s.grouper.rule.Chain} is a pod with what owns
 * it, {@link dev.berth.k8s.grouper.rule.Grouping} says which group the pod belongs to and what that group needs, {@link
 * dev.berth.k8s.grouper.rule.Facts} reads labels and annotations, those of KAI and Run:ai too, and {@link
 * dev.berth.k8s.grouper.rule.ExternalStatus} says how a foreign owner's work is.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.grouper.rule;
