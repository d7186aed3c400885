package dev.berth.k8s.operator.project;

import dev.berth.k8s.crd.ContainerBounds;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.ProjectAccess;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What belongs into the namespace of a project.
 *
 * @param wanted objects that should be there
 * @param unwanted objects of ours, by kind and name, that should not
 */
record Furnishing(List<HasMetadata> wanted, List<Piece> unwanted) {
    static final String LIMITS = "berth-limits";
    static final String ISOLATION = "berth-isolation";

    /** Kubernetes' own roles for people; Berth's kinds are aggregated into them. */
    private static final Map<String, String> CLUSTER_ROLES =
            Map.of("viewer", "view", "editor", "edit", "admin", "admin");

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String SERVICE_ACCOUNT = "ServiceAccount";

    /** All that may be there. */
    static final List<Piece> PIECES = List.of(
            new Piece(RoleBinding.class, binding("viewer")),
            new Piece(RoleBinding.class, binding("editor")),
            new Piece(RoleBinding.class, binding("admin")),
            new Piece(LimitRange.class, LIMITS),
            new Piece(NetworkPolicy.class, ISOLATION));

    /** A thing by kind and name. */
    record Piece(Class<? extends HasMetadata> type, String name) {}

    Furnishing {
        wanted = List.copyOf(wanted);
        unwanted = List.copyOf(unwanted);
    }

    static Namespace namespace(Project project, String name) {
        return new NamespaceBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name)
                        .withLabels(labels(project))
                        .build())
                .build();
    }

    static Furnishing of(Project project, String namespace) {
        List<HasMetadata> wanted = new ArrayList<>();
        List<Piece> unwanted = new ArrayList<>();
        for (String role : CLUSTER_ROLES.keySet().stream().sorted().toList()) {
            List<ProjectAccess> granted = project.getSpec().access.stream()
                    .filter(access -> access.role.equals(role))
                    .toList();
            if (granted.isEmpty()) {
                unwanted.add(new Piece(RoleBinding.class, binding(role)));
            } else {
                wanted.add(binding(project, namespace, role, granted));
            }
        }
        if (project.getSpec().containers.equals(new ContainerBounds())) {
            unwanted.add(new Piece(LimitRange.class, LIMITS));
        } else {
            wanted.add(limits(project, namespace));
        }
        if (project.getSpec().isolated) {
            wanted.add(isolation(project, namespace));
        } else {
            unwanted.add(new Piece(NetworkPolicy.class, ISOLATION));
        }
        return new Furnishing(wanted, unwanted);
    }

    private static String binding(String role) {
        return "berth-" + role;
    }

    private static RoleBinding binding(Project project, String namespace, String role, List<ProjectAccess> granted) {
        return new RoleBindingBuilder()
                .withMetadata(metadata(project, namespace, binding(role)))
                .withNewRoleRef()
                .withApiGroup(RBAC)
                .withKind("ClusterRole")
                .withName(CLUSTER_ROLES.get(role))
                .endRoleRef()
                .withSubjects(granted.stream()
                        .map(access -> subject(access, namespace))
                        .distinct()
                        .toList())
                .build();
    }

    private static Subject subject(ProjectAccess access, String own) {
        boolean account = access.kind.equals(SERVICE_ACCOUNT);
        return new SubjectBuilder()
                .withKind(access.kind)
                .withName(access.name)
                .withApiGroup(account ? "" : RBAC)
                .withNamespace(!account ? null : access.namespace.isEmpty() ? own : access.namespace)
                .build();
    }

    private static LimitRange limits(Project project, String namespace) {
        ContainerBounds bounds = project.getSpec().containers;
        Map<String, Quantity> usual = amounts(bounds.defaultCpuMilli, bounds.defaultMemoryMib);
        return new LimitRangeBuilder()
                .withMetadata(metadata(project, namespace, LIMITS))
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .withDefault(usual)
                .withDefaultRequest(usual)
                .withMax(amounts(bounds.maxCpuMilli, bounds.maxMemoryMib))
                .endLimit()
                .endSpec()
                .build();
    }

    private static Map<String, Quantity> amounts(long cpuMilli, long memoryMib) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        if (cpuMilli > 0) {
            amounts.put("cpu", new Quantity(cpuMilli + "m"));
        }
        if (memoryMib > 0) {
            amounts.put("memory", new Quantity(memoryMib + "Mi"));
        }
        return amounts;
    }

    private static NetworkPolicy isolation(Project project, String namespace) {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata(project, namespace, ISOLATION))
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .endPodSelector()
                .endFrom()
                .endIngress()
                .endSpec()
                .build();
    }

    private static ObjectMeta metadata(Project project, String namespace, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels(project))
                .build();
    }

    private static Map<String, String> labels(Project project) {
        return Map.of(Labels.PROJECT, project.getMetadata().getName(), Labels.MANAGED_BY, Labels.MANAGER);
    }
}
