package dev.berth.scheduler.verticle.kubernetes;

import dev.berth.scheduler.core.predicate.HostPort;
import dev.berth.scheduler.core.predicate.NodeRule;
import dev.berth.scheduler.core.predicate.NodeTerm;
import dev.berth.scheduler.core.predicate.PodFacts;
import dev.berth.scheduler.core.predicate.PodTerm;
import dev.berth.scheduler.core.predicate.Requirement;
import dev.berth.scheduler.core.predicate.Requirement.Operator;
import dev.berth.scheduler.core.predicate.Selector;
import dev.berth.scheduler.core.predicate.Spread;
import dev.berth.scheduler.core.predicate.Toleration;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a pod's object says of where it may be. Read again when it changes, or a claim or volume that it uses. */
public final class PodFactsReading {
    private PodFactsReading() {}

    public static PodFacts read(Pod pod, Storage storage) {
        PodSpec spec = pod.getSpec();
        Map<String, String> labels = labels(pod);
        Optional<Affinity> affinity = Optional.ofNullable(spec.getAffinity());
        return PodFacts.in(namespace(pod))
                .labels(labels)
                .leaving(pod.getMetadata().getDeletionTimestamp() != null)
                .requests(EffectiveRequests.of(pod))
                .nodes(new NodeRule(Selectors.equal(spec.getNodeSelector()), affinity.flatMap(PodFactsReading::nodes)))
                .tolerations(tolerations(spec))
                .ports(ports(spec))
                .beside(terms(
                        pod,
                        affinity.map(Affinity::getPodAffinity)
                                .map(one -> one.getRequiredDuringSchedulingIgnoredDuringExecution())))
                .apart(terms(
                        pod,
                        affinity.map(Affinity::getPodAntiAffinity)
                                .map(one -> one.getRequiredDuringSchedulingIgnoredDuringExecution())))
                .spread(spread(spec.getTopologySpreadConstraints(), labels))
                .volumes(new VolumesReading(pod, storage).read())
                .gates(spec.getSchedulingGates().stream()
                        .map(PodSchedulingGate::getName)
                        .collect(Collectors.toSet()))
                .build();
    }

    static String namespace(Pod pod) {
        return NodeFactsReading.orEmpty(pod.getMetadata().getNamespace());
    }

    private static Map<String, String> labels(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    private static Optional<List<NodeTerm>> nodes(Affinity affinity) {
        return Optional.ofNullable(affinity.getNodeAffinity())
                .map(one -> one.getRequiredDuringSchedulingIgnoredDuringExecution())
                .map(required -> Selectors.terms(required.getNodeSelectorTerms()));
    }

    private static List<Toleration> tolerations(PodSpec spec) {
        List<Toleration> tolerations = new ArrayList<>();
        for (io.fabric8.kubernetes.api.model.Toleration one : spec.getTolerations()) {
            String operator = NodeFactsReading.orEmpty(one.getOperator());
            boolean exists = operator.equals("Exists");
            // Comparing values as numbers is an alpha feature that clusters have switched off.
            if (exists || operator.isEmpty() || operator.equals("Equal")) {
                tolerations.add(new Toleration(
                        NodeFactsReading.orEmpty(one.getKey()),
                        exists,
                        NodeFactsReading.orEmpty(one.getValue()),
                        NodeFactsReading.effect(one.getEffect())));
            }
        }
        return tolerations;
    }

    /** Init containers that end before the others start need no port to be free. */
    private static Set<HostPort> ports(PodSpec spec) {
        Set<HostPort> ports = new HashSet<>();
        spec.getContainers().forEach(container -> ports(container, ports));
        spec.getInitContainers().stream()
                .filter(EffectiveRequests::isSidecar)
                .forEach(container -> ports(container, ports));
        return ports;
    }

    private static void ports(Container container, Set<HostPort> ports) {
        for (ContainerPort port : container.getPorts()) {
            if (port.getHostPort() != null && port.getHostPort() > 0) {
                String ip = NodeFactsReading.orEmpty(port.getHostIP());
                String protocol = NodeFactsReading.orEmpty(port.getProtocol());
                ports.add(new HostPort(
                        ip.isEmpty() ? HostPort.ALL : ip, protocol.isEmpty() ? "TCP" : protocol, port.getHostPort()));
            }
        }
    }

    private static List<PodTerm> terms(Pod pod, Optional<List<PodAffinityTerm>> terms) {
        return terms.orElse(List.of()).stream().map(term -> term(pod, term)).toList();
    }

    private static PodTerm term(Pod pod, PodAffinityTerm term) {
        Set<String> namespaces = new HashSet<>(term.getNamespaces());
        if (namespaces.isEmpty() && term.getNamespaceSelector() == null) {
            namespaces.add(namespace(pod));
        }
        Selector pods = Selectors.of(term.getLabelSelector());
        pods = with(pods, term.getMatchLabelKeys(), Operator.IN, labels(pod));
        pods = with(pods, term.getMismatchLabelKeys(), Operator.NOT_IN, labels(pod));
        return new PodTerm(pods, namespaces, Selectors.of(term.getNamespaceSelector()), term.getTopologyKey());
    }

    /** With the pod's own values of these labels, unless the API server wrote them in when the pod was made. */
    private static Selector with(Selector selector, List<String> keys, Operator operator, Map<String, String> labels) {
        Selector with = selector;
        for (String key : keys) {
            boolean there = selector.requirements().stream()
                    .anyMatch(one -> one.key().equals(key) && one.operator() == operator);
            if (labels.containsKey(key) && !there) {
                with = with.and(new Requirement(key, operator, Set.of(labels.get(key))));
            }
        }
        return with;
    }

    private static List<Spread> spread(List<TopologySpreadConstraint> constraints, Map<String, String> labels) {
        return constraints.stream()
                .filter(one -> "DoNotSchedule".equals(one.getWhenUnsatisfiable()))
                .map(one -> new Spread(
                        one.getTopologyKey(),
                        one.getMaxSkew(),
                        one.getMinDomains() == null ? 1 : one.getMinDomains(),
                        spreading(one, labels),
                        honours(one.getNodeAffinityPolicy(), true),
                        honours(one.getNodeTaintsPolicy(), false)))
                .toList();
    }

    private static Selector spreading(TopologySpreadConstraint constraint, Map<String, String> labels) {
        Selector selector = Selectors.of(constraint.getLabelSelector());
        for (String key : constraint.getMatchLabelKeys()) {
            String value = labels.get(key);
            if (value != null) {
                selector = selector.and(Requirement.is(key, value));
            }
        }
        return selector;
    }

    private static boolean honours(@Nullable String policy, boolean otherwise) {
        return policy == null ? otherwise : policy.equals("Honor");
    }
}
