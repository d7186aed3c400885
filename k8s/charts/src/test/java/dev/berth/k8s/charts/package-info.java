/**
 * What the charts promise, checked with the real helm, the real kube-apiserver and the real roles: what they render, what they
 * refuse, which rights each part gets, and that the parts can live with these rights.
 */
@NullMarked
package dev.berth.k8s.charts;

import org.jspecify.annotations.NullMarked;
