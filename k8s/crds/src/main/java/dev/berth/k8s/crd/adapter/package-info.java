/**
 * {@link dev.berth.k8s.crd.adapter.WorkloadAdapter}: what Berth must know of a kind of workload that is not its own, as
 * data. Two small languages stand in its fields: paths say where something is, so that it can be written too; CEL says
 * what follows from it. The words are here, what they mean is decided in {@code dev.berth.k8s.adapter}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.crd.adapter;
