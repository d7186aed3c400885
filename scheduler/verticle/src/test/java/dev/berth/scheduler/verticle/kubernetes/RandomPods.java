package dev.berth.scheduler.verticle.kubernetes;

import static dev.berth.scheduler.verticle.kubernetes.Draw.map;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pods that ask for things of few kinds, so that they meet. */
final class RandomPods {
    private static final String HOST = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Draw draw;
    private final List<Node> nodes;
    private final List<String> namespaces;
    private int made;

    RandomPods(Draw draw, List<Node> nodes, List<String> namespaces) {
        this.draw = draw;
        this.nodes = nodes;
        this.namespaces = namespaces;
    }

    /** A pod on a node, admissible there or not. */
    Pod placed(String node) {
        Map<String, Object> spec = spec();
        spec.put("nodeName", node);
        resources(spec, 60);
        if (draw.chance(15)) {
            ports(spec);
        }
        if (draw.chance(9)) {
            affinity(spec, "podAntiAffinity");
        }
        if (draw.chance(20)) {
            volumes(spec);
        }
        return pod("old", spec);
    }

    /** A pod that waits, in which one predicate is exercised for certain and others now and then. */
    Pod waiting(Predicate focus) {
        Map<String, Object> spec = spec();
        for (Predicate predicate : Predicate.values()) {
            if (predicate == focus || (predicate != Predicate.GATES && draw.chance(7))) {
                add(predicate, spec);
            }
        }
        return pod("new", spec);
    }

    private void add(Predicate predicate, Map<String, Object> spec) {
        switch (predicate) {
            case RESOURCES -> resources(spec, 100);
            case SELECTOR -> spec.put("nodeSelector", draw.one(map("disk", "ssd"), map("rack", "r1", "disk", "hdd")));
            case NODE_AFFINITY -> merge(spec, "nodeAffinity", required(map("nodeSelectorTerms", nodeTerms())));
            case TAINTS -> spec.put("tolerations", draw.times(draw.between(1, 2), this::toleration));
            case PORTS -> ports(spec);
            case AFFINITY -> affinity(spec, "podAffinity");
            case ANTI_AFFINITY -> affinity(spec, "podAntiAffinity");
            case SPREAD -> spec.put("topologySpreadConstraints", spread());
            case VOLUMES -> volumes(spec);
            case GATES -> spec.put("schedulingGates", List.of(map("name", "example.com/later")));
        }
    }

    private Map<String, Object> spec() {
        return map("containers", new ArrayList<>(List.of(container("main"))), "terminationGracePeriodSeconds", 0);
    }

    private static Map<String, Object> container(String name) {
        return map("name", name, "image", "registry.example/work:1");
    }

    private Pod pod(String prefix, Map<String, Object> spec) {
        Map<String, Object> labels = map("app", draw.one("a", "b", "c"), "set", prefix);
        if (draw.chance(60)) {
            labels.put("version", draw.one("1", "2"));
        }
        Map<String, Object> metadata = map(
                "name",
                prefix + made++,
                "namespace",
                draw.chance(50) ? namespaces.get(0) : draw.oneOf(namespaces),
                "labels",
                labels);
        return Draw.object(Pod.class, map("metadata", metadata, "spec", spec));
    }

    private void resources(Map<String, Object> spec, int percent) {
        if (!draw.chance(percent)) {
            return;
        }
        containers(spec).get(0).put("resources", amounts());
        if (draw.chance(30)) {
            Map<String, Object> second = container("second");
            second.put("resources", amounts());
            containers(spec).add(second);
        }
        List<Object> starting = new ArrayList<>();
        for (int i = 0; draw.chance(40) && i < 3; i++) {
            Map<String, Object> container = container("init" + i);
            container.put("resources", amounts());
            if (draw.chance(50)) {
                container.put("restartPolicy", "Always");
            }
            starting.add(container);
        }
        spec.put("initContainers", starting);
        if (draw.chance(15)) {
            spec.put("runtimeClassName", "heavy");
        }
        if (draw.chance(10)) {
            spec.put("resources", map("requests", map("cpu", "30")));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> containers(Map<String, Object> spec) {
        return (List<Map<String, Object>>) spec.get("containers");
    }

    private Map<String, Object> amounts() {
        Map<String, Object> amounts = map();
        if (draw.chance(80)) {
            amounts.put("cpu", draw.one("0", "250m", "1", "1500m", "4"));
        }
        if (draw.chance(60)) {
            amounts.put("memory", draw.one("100M", "1Gi", "6Gi", "20Gi"));
        }
        if (draw.chance(15)) {
            amounts.put("ephemeral-storage", draw.one("2Gi", "20Gi"));
        }
        Map<String, Object> limits = map();
        if (draw.chance(25)) {
            limits.put("nvidia.com/gpu", draw.one("1", "2", "4"));
        }
        if (draw.chance(5)) {
            limits.put("example.com/fpga", "1");
        }
        amounts.putAll(limits);
        return map("requests", amounts, "limits", limits);
    }

    private void ports(Map<String, Object> spec) {
        List<Object> ports = new ArrayList<>();
        for (int port : draw.some(8080, 9090)) {
            Map<String, Object> text = map("containerPort", port, "hostPort", port);
            text.put("protocol", draw.one("TCP", "TCP", "UDP"));
            if (draw.chance(50)) {
                text.put("hostIP", draw.one("0.0.0.0", "10.1.1.1", "10.1.1.2"));
            }
            ports.add(text);
        }
        if (draw.chance(25)) {
            Map<String, Object> starting = container("before");
            starting.put("ports", ports);
            if (draw.chance(50)) {
                starting.put("restartPolicy", "Always");
            }
            spec.put("initContainers", new ArrayList<>(List.of(starting)));
        } else {
            containers(spec).get(0).put("ports", ports);
        }
    }

    private Map<String, Object> toleration() {
        Map<String, Object> toleration = map();
        if (draw.chance(85)) {
            toleration.put(
                    "key",
                    draw.one(
                            "dedicated",
                            "gpu",
                            "node.kubernetes.io/not-ready",
                            "node.kubernetes.io/unreachable",
                            "node.kubernetes.io/unschedulable"));
        }
        if (draw.chance(50) || !toleration.containsKey("key")) {
            toleration.put("operator", "Exists");
        } else {
            toleration.put("value", draw.one("x", "y", ""));
        }
        if (draw.chance(50)) {
            toleration.put("effect", draw.one("NoSchedule", "NoExecute"));
        }
        return toleration;
    }

    private static Map<String, Object> required(Object what) {
        return map("requiredDuringSchedulingIgnoredDuringExecution", what);
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> spec, String kind, Object what) {
        ((Map<String, Object>) spec.computeIfAbsent("affinity", none -> new LinkedHashMap<String, Object>()))
                .put(kind, what);
    }

    private List<Object> nodeTerms() {
        return draw.times(draw.between(1, 2), () -> {
            Map<String, Object> term = map("matchExpressions", draw.times(draw.between(1, 2), this::nodeExpression));
            if (draw.chance(20)) {
                String name = draw.oneOf(nodes).getMetadata().getName();
                term.put(
                        "matchFields",
                        List.of(map(
                                "key", "metadata.name",
                                "operator", draw.one("In", "NotIn"),
                                "values", List.of(name))));
                if (draw.chance(50)) {
                    term.remove("matchExpressions");
                }
            }
            return draw.chance(5) ? map() : term;
        });
    }

    private Object nodeExpression() {
        return draw.one(
                map("key", "rack", "operator", "In", "values", draw.some("r1", "r2", "r3")),
                map("key", "rack", "operator", "NotIn", "values", draw.some("r1", "r2")),
                map("key", "disk", "operator", "Exists"),
                map("key", "disk", "operator", "DoesNotExist"),
                map("key", "generation", "operator", "Gt", "values", List.of(draw.one("2", "0", "5"))),
                map("key", "generation", "operator", "Lt", "values", List.of(draw.one("4", "7"))));
    }

    private void affinity(Map<String, Object> spec, String kind) {
        merge(spec, kind, required(draw.times(draw.chance(75) ? 1 : 2, () -> podTerm(kind))));
    }

    private Map<String, Object> podTerm(String kind) {
        Map<String, Object> term = map("topologyKey", draw.one(HOST, HOST, ZONE, ZONE, "rack"));
        if (draw.chance(95)) {
            term.put("labelSelector", podSelector());
        }
        if (draw.chance(15)) {
            term.put("namespaces", draw.some(namespaces.get(0), namespaces.get(1)));
        }
        if (draw.chance(15)) {
            term.put("namespaceSelector", draw.one(map(), map("matchLabels", map("team", "red"))));
        }
        if (term.containsKey("labelSelector") && draw.chance(15)) {
            boolean apart = kind.equals("podAntiAffinity");
            term.put(apart ? "mismatchLabelKeys" : draw.one("matchLabelKeys", "mismatchLabelKeys"), List.of("version"));
        }
        return term;
    }

    private Map<String, Object> podSelector() {
        return draw.one(
                map("matchLabels", map("app", draw.one("a", "b", "c"))),
                map("matchLabels", map("app", draw.one("a", "b", "c"), "set", draw.one("old", "new"))),
                map(
                        "matchExpressions",
                        List.of(map(
                                "key", "app",
                                "operator", draw.one("In", "NotIn"),
                                "values", draw.some("a", "b", "c")))),
                map(
                        "matchExpressions",
                        List.of(map(
                                "key",
                                draw.one("app", "set"),
                                "operator",
                                draw.one("Exists", "Exists", "DoesNotExist")))),
                draw.chance(30) ? map() : map("matchLabels", map("app", "nobody")));
    }

    private List<Object> spread() {
        List<Object> constraints = new ArrayList<>();
        for (String key :
                draw.chance(70) ? List.of(draw.one(HOST, ZONE, ZONE, "rack")) : draw.some(HOST, ZONE, "rack")) {
            Map<String, Object> constraint = map(
                    "topologyKey",
                    key,
                    "maxSkew",
                    draw.one(1, 1, 1, 2, 3),
                    "whenUnsatisfiable",
                    draw.chance(90) ? "DoNotSchedule" : "ScheduleAnyway");
            if (draw.chance(92)) {
                // All pods of the namespace, so that no domain is empty and the emptiest one matters.
                Map<String, Object> all = map("matchExpressions", List.of(map("key", "app", "operator", "Exists")));
                constraint.put("labelSelector", draw.chance(60) ? all : podSelector());
                if (draw.chance(20)) {
                    constraint.put("matchLabelKeys", List.of("version"));
                }
            }
            if (draw.chance(25) && constraint.get("whenUnsatisfiable").equals("DoNotSchedule")) {
                constraint.put("minDomains", draw.between(1, 5));
            }
            if (draw.chance(35)) {
                constraint.put("nodeAffinityPolicy", draw.one("Honor", "Ignore"));
            }
            if (draw.chance(35)) {
                constraint.put("nodeTaintsPolicy", draw.one("Honor", "Ignore"));
            }
            constraints.add(constraint);
        }
        return constraints;
    }

    private void volumes(Map<String, Object> spec) {
        List<Object> volumes = new ArrayList<>();
        int count = draw.between(1, 2);
        for (int i = 0; i < count; i++) {
            Map<String, Object> volume = map("name", "v" + i);
            if (draw.chance(75)) {
                String claim = "c" + (draw.chance(80) ? draw.between(0, 8) : draw.between(9, RandomStorage.CLAIMS - 1));
                volume.put("persistentVolumeClaim", map("claimName", claim));
            } else {
                disk(volume);
            }
            volumes.add(volume);
        }
        spec.put("volumes", volumes);
    }

    private void disk(Map<String, Object> volume) {
        boolean readOnly = draw.chance(50);
        switch (draw.between(0, 2)) {
            case 0 ->
                volume.put(
                        "iscsi",
                        map(
                                "targetPortal",
                                "1.2.3.4",
                                "iqn",
                                "iqn.2001-04.com.example:store.disk",
                                "lun",
                                0,
                                "readOnly",
                                readOnly));
            case 1 -> volume.put("rbd", map("monitors", draw.some("m1", "m2"), "image", "i", "readOnly", readOnly));
            default -> volume.put("gcePersistentDisk", map("pdName", "disk", "readOnly", readOnly));
        }
    }
}
