package dev.berth.scheduler.core.predicate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The predicates that look at one node and the pod. */
final class NodeRules {
    private static final Set<String> ZONES = Set.of(
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region");

    private NodeRules() {}

    /** Why the pod can be nowhere. */
    static Optional<Verdict.Refused> nowhere(PodFacts pod) {
        if (!pod.gates().isEmpty()) {
            return Optional.of(new Verdict.Gated(pod.gates()));
        }
        return pod.volumes().unready().entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .map(claim -> new Verdict.Unready(claim.getKey(), claim.getValue()));
    }

    /** Answers of a rule that never change, each worked out when first asked for. */
    record Remembered(Rule rule, BitSet asked, BitSet admitted) implements Rule {
        static Rule of(Rule rule) {
            return new Remembered(rule, new BitSet(), new BitSet());
        }

        @Override
        public Optional<Verdict.Refused> refusal(int node) {
            return rule.refusal(node);
        }

        @Override
        public boolean admits(int node) {
            if (!asked.get(node)) {
                asked.set(node);
                admitted.set(node, rule.admits(node));
            }
            return admitted.get(node);
        }
    }

    /** Cordon, pin, taints, selector and affinity. */
    static Rule standing(PodFacts pod, List<NodeFacts> nodes) {
        boolean bearsCordon = Toleration.any(pod.tolerations(), Taint.CORDONED);
        return node -> {
            NodeFacts facts = nodes.get(node);
            if (facts.cordoned() && !bearsCordon) {
                return Optional.of(new Verdict.Cordoned());
            }
            if (!pod.pin().isEmpty() && !pod.pin().equals(facts.name())) {
                return Optional.of(new Verdict.NotPinned(pod.pin()));
            }
            Optional<Taint> taint = Toleration.untolerated(pod.tolerations(), facts);
            if (taint.isPresent()) {
                return taint.map(Verdict.Tainted::new);
            }
            return pod.nodes().matches(facts) ? Optional.empty() : Optional.of(new Verdict.LabelsDiffer());
        };
    }

    static Rule ports(PodFacts pod, Stock[] stocks) {
        return node -> pod.ports().stream()
                .filter(stocks[node]::conflicts)
                .min(Comparator.comparingInt(HostPort::port).thenComparing(HostPort::toString))
                .map(Verdict.PortTaken::new);
    }

    static Rule resources(Needs needs, Stock[] stocks) {
        return new Rule() {
            @Override
            public Optional<Verdict.Refused> refusal(int node) {
                return admits(node) ? Optional.empty() : Optional.of(new Verdict.Short(needs.shortages(stocks[node])));
            }

            @Override
            public boolean admits(int node) {
                return needs.fit(stocks[node].free());
            }
        };
    }

    /** @param uses pods on any node that use each claim */
    static Rule sharing(PodFacts pod, Stock[] stocks, Map<String, Integer> uses) {
        return node -> {
            for (Volumes.Disk disk : pod.volumes().disks()) {
                if (stocks[node].conflicts(disk)) {
                    return Optional.of(new Verdict.DiskInUse(disk.name()));
                }
            }
            return pod.volumes().exclusive().stream()
                    .filter(uses::containsKey)
                    .min(String::compareTo)
                    .map(Verdict.ClaimInUse::new);
        };
    }

    /** A volume that is still attached but used by nobody counts once more when it is asked for, as in Kubernetes. */
    static Rule attaching(PodFacts pod, Stock[] stocks) {
        return node -> {
            Stock stock = stocks[node];
            Map<String, Long> limits = stock.facts().attachable();
            if (limits.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Integer> more = new HashMap<>();
            pod.volumes().attached().forEach((volume, driver) -> {
                if (!stock.mounts(volume)) {
                    more.merge(driver, 1, Integer::sum);
                }
            });
            return more.entrySet().stream()
                    .map(one -> new Verdict.TooManyVolumes(
                            one.getKey(),
                            stock.attached(one.getKey()),
                            one.getValue(),
                            limits.getOrDefault(one.getKey(), Long.MAX_VALUE)))
                    .filter(one -> one.attached() + one.more() > one.limit())
                    .min((one, other) -> one.driver().compareTo(other.driver()))
                    .map(one -> one);
        };
    }

    /** First which nodes reach the volumes, then which are in their zones. */
    static Rule places(PodFacts pod, List<NodeFacts> nodes) {
        List<Volumes.Place> bounded = new ArrayList<>(pod.volumes().places());
        return node -> {
            NodeFacts facts = nodes.get(node);
            for (Volumes.Place place : bounded) {
                if (place.terms().isPresent() && !NodeTerm.any(place.terms().get(), facts)) {
                    return Optional.of(new Verdict.VolumeElsewhere(place.volume()));
                }
            }
            if (ZONES.stream().noneMatch(facts.labels()::containsKey)) {
                return Optional.empty();
            }
            return bounded.stream()
                    .flatMap(place -> otherZone(place, facts).stream())
                    .findFirst();
        };
    }

    private static Optional<Verdict.Refused> otherZone(Volumes.Place place, NodeFacts node) {
        return place.zones().entrySet().stream()
                .filter(zone -> !zone.getValue().contains(zoneOf(node, zone.getKey())))
                .map(Map.Entry::getKey)
                .min(String::compareTo)
                .map(label -> new Verdict.OtherZone(place.volume(), label));
    }

    /** The label's value, or that of the label which replaced it. */
    private static String zoneOf(NodeFacts node, String label) {
        String today = label.replace("failure-domain.beta.kubernetes.io/", "topology.kubernetes.io/");
        return node.labels().getOrDefault(label, node.labels().getOrDefault(today, ""));
    }
}
