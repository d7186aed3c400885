package dev.berth.scheduler.core.predicate;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pod, as far as it decides where it and others may be. Pods that are alike in this are equal, and share all results.
 *
 * @param leaving whether it is being deleted: spreading counts it no more, all else does
 * @param requests by resource, greater than zero, in the units of {@link NodeFacts#allocatable}; all containers, init
 *     containers, sidecars and overhead in one
 * @param pin name of the only node that it may be on; empty for any
 * @param beside pods that it must be beside
 * @param apart pods that it must not be beside, nor they beside it
 * @param gates why it is not to be placed yet
 */
public record PodFacts(
        String namespace,
        Map<String, String> labels,
        boolean leaving,
        Map<String, Long> requests,
        String pin,
        NodeRule nodes,
        List<Toleration> tolerations,
        Set<HostPort> ports,
        List<PodTerm> beside,
        List<PodTerm> apart,
        List<Spread> spread,
        Volumes volumes,
        Set<String> gates) {
    public PodFacts {
        labels = Map.copyOf(labels);
        requests = Map.copyOf(requests);
        tolerations = List.copyOf(tolerations);
        ports = Set.copyOf(ports);
        beside = List.copyOf(beside);
        apart = List.copyOf(apart);
        spread = List.copyOf(spread);
        gates = Set.copyOf(gates);
    }

    /** Starts with a pod that asks for nothing. */
    public static Builder in(String namespace) {
        return new Builder(namespace);
    }

    /** Says one thing after the other. */
    public static final class Builder {
        private final String namespace;
        private Map<String, String> labels = Map.of();
        private boolean leaving;
        private Map<String, Long> requests = Map.of();
        private String pin = "";
        private NodeRule nodes = NodeRule.ANY;
        private List<Toleration> tolerations = List.of();
        private Set<HostPort> ports = Set.of();
        private List<PodTerm> beside = List.of();
        private List<PodTerm> apart = List.of();
        private List<Spread> spread = List.of();
        private Volumes volumes = Volumes.NONE;
        private Set<String> gates = Set.of();

        private Builder(String namespace) {
            this.namespace = namespace;
        }

        public Builder labels(Map<String, String> all) {
            labels = all;
            return this;
        }

        public Builder leaving(boolean is) {
            leaving = is;
            return this;
        }

        public Builder requests(Map<String, Long> all) {
            requests = all;
            return this;
        }

        public Builder pin(String node) {
            pin = node;
            return this;
        }

        public Builder nodes(NodeRule rule) {
            nodes = rule;
            return this;
        }

        public Builder tolerations(List<Toleration> all) {
            tolerations = all;
            return this;
        }

        public Builder ports(Set<HostPort> all) {
            ports = all;
            return this;
        }

        public Builder beside(List<PodTerm> all) {
            beside = all;
            return this;
        }

        public Builder apart(List<PodTerm> all) {
            apart = all;
            return this;
        }

        public Builder spread(List<Spread> all) {
            spread = all;
            return this;
        }

        public Builder volumes(Volumes all) {
            volumes = all;
            return this;
        }

        public Builder gates(Set<String> all) {
            gates = all;
            return this;
        }

        public PodFacts build() {
            return new PodFacts(
                    namespace,
                    labels,
                    leaving,
                    requests,
                    pin,
                    nodes,
                    tolerations,
                    ports,
                    beside,
                    apart,
                    spread,
                    volumes,
                    gates);
        }
    }
}
