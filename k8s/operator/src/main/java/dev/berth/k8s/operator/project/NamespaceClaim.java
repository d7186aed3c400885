package dev.berth.k8s.operator.project;

import dev.berth.k8s.crd.Project;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a project may have the namespace that it wants. A project is written by people who may not own every namespace, so
 * one that is there already is taken only when whoever owns it labelled it for this project.
 */
sealed interface NamespaceClaim {
    /** It is not there: make it. */
    record Create(String namespace) implements NamespaceClaim {}

    /** It is there and the project's. */
    record Hold(String namespace) implements NamespaceClaim {}

    /** It must not be had. */
    record Refuse(String namespace, String sentence) implements NamespaceClaim {}

    /** Namespaces that are Berth's or the cluster's own, whatever their labels say. */
    Set<String> RESERVED = Set.of("default", "berth", "berth-reservation", "berth-control-plane");

    String RESERVED_PREFIX = "kube-";

    /** The namespace that the project wants. */
    static String wanted(Project project) {
        String named = project.getSpec().namespace;
        return named.isEmpty() ? Labels.NAMESPACE_PREFIX + project.getMetadata().getName() : named;
    }

    static NamespaceClaim of(Project project, @Nullable Namespace found) {
        String name = wanted(project);
        String own = project.getMetadata().getName();
        if (RESERVED.contains(name) || name.startsWith(RESERVED_PREFIX)) {
            return new Refuse(
                    name,
                    "Expected a namespace for workloads in spec.namespace, but " + name
                            + " is reserved. Name another one, or none.");
        }
        if (found == null) {
            return new Create(name);
        }
        Map<String, String> labels = found.getMetadata().getLabels();
        String holder = labels == null ? null : labels.get(Labels.PROJECT);
        if (own.equals(holder)) {
            return new Hold(name);
        }
        String problem = holder == null ? "it does not carry that label" : "it belongs to project " + holder;
        return new Refuse(
                name,
                "Expected namespace " + name + " to be labelled " + Labels.PROJECT + "=" + own + ", but " + problem
                        + ". Label it, or name another one in spec.namespace.");
    }
}
