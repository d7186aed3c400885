/**
 * Projects and their namespaces: {@link dev.berth.k8s.operator.project.NamespaceClaim} decides whether a project may have a
 * namespace, {@link dev.berth.k8s.operator.project.Furnishing} says what belongs into it, and
 * {@link dev.berth.k8s.operator.project.ProjectReconciler} makes it so, again and again, which repairs what others changed.
 */
@NullMarked
package dev.berth.k8s.operator.project;

import org.jspecify.annotations.NullMarked;
