/**
 * The custom resources of {@code berth.dev/v1alpha1} as Java types: what agent, operator and scheduler say to each other.
 *
 * <p>Decides field names, units and bounds, and nothing else. Enter by {@link dev.berth.k8s.crd.Workload}. Specs and
 * statuses are plain beans with public fields, so that Jackson and the CRD generator see one description; whoever has
 * handed one over does not change it any more, but makes a new one. The YAML in {@code k8s/charts/berth-cluster} is
 * generated from these types by {@code CrdFilesTest}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.crd;
