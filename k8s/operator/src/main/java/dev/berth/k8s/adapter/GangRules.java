package dev.berth.k8s.adapter;

import dev.berth.k8s.crd.adapter.AdapterGang;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One way in which pods form groups, compiled. */
final class GangRules {
    private static final int MAX_MEMBERS = 10_000;
    private static final int MAX_KEY = 63;
    private static final int MAX_PARTS = 256;

    private final String field;
    private final GroupShape.Unit unit;
    private final Optional<Expression> when;
    private final Optional<Expression> key;
    private final Optional<Expression> min;
    private final Optional<Expression> segmentSize;
    private final String segmentRole;
    private final boolean parts;

    GangRules(String field, AdapterGang gang, Expressions cel) {
        this.field = field;
        this.unit = GroupShape.Unit.valueOf(gang.unit.toUpperCase(Locale.ROOT));
        this.when = compiled(cel, field + ".when", gang.when);
        this.key = compiled(cel, field + ".key", gang.key);
        this.min = compiled(cel, field + ".min", gang.min);
        this.segmentSize = compiled(cel, field + ".segmentSize", gang.segmentSize);
        this.segmentRole = gang.segmentRole;
        this.parts = !gang.subGroups.equals("None");
        if (unit == GroupShape.Unit.KEY && key.isEmpty()) {
            throw new AdapterFailure(field + ".key", "Expected a key, as the unit is Key.");
        }
    }

    private static Optional<Expression> compiled(Expressions cel, String field, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(cel.compile(field, text));
    }

    GroupShape.Unit unit() {
        return unit;
    }

    String segmentRole() {
        return segmentRole;
    }

    boolean holds(Asked asked) {
        return when.isEmpty() || when.get().holds(asked.variables());
    }

    /** The group of the pod; of the object's first one where there is no pod. */
    GroupShape group(Asked asked) {
        List<RoleShape> members = members(asked);
        int wanted = members.stream().mapToInt(RoleShape::pods).reduce(0, GangRules::add);
        int needed = members.stream().mapToInt(RoleShape::minPods).reduce(0, GangRules::add);
        Map<String, Object> variables = asked.variables();
        int asks = min.isEmpty() ? needed : min.get().number(variables, 1, MAX_MEMBERS);
        int most = wanted == 0 ? MAX_MEMBERS : Math.min(MAX_MEMBERS, wanted);
        int least = unit == GroupShape.Unit.POD ? 1 : Math.max(1, Math.min(asks, most));
        Parts cut = unit == GroupShape.Unit.POD ? new Parts() : cut(members, asked, variables);
        return new GroupShape(unit, key(asked), least, cut.all, cut.ofPod);
    }

    /** What is asked: the object, its roles and one of its pods, of which the place is known. */
    record Asked(
            Map<String, Object> object,
            List<RoleShape> shapes,
            List<Map<String, Object>> roles,
            Map<String, Object> pod,
            PodPlace place) {
        private Map<String, Object> variables() {
            return Map.of("self", object, "roles", roles, "pod", pod);
        }
    }

    private List<RoleShape> members(Asked asked) {
        return asked.shapes.stream()
                .filter(RoleShape::counted)
                .filter(shape -> unit != GroupShape.Unit.ROLE || asked.pod.isEmpty() || isOf(shape, asked.place))
                .toList();
    }

    private String key(Asked asked) {
        if (asked.pod.isEmpty()) {
            return "";
        }
        return switch (unit) {
            case WORKLOAD -> "";
            case POD -> Trees.text(asked.pod, "metadata", "uid");
            case ROLE ->
                asked.place.instance().isEmpty()
                        ? asked.place.role()
                        : asked.place.role() + "/" + asked.place.instance();
            case KEY -> {
                String value =
                        key.isEmpty() ? "" : key.get().text(Map.of("self", asked.object, "pod", asked.pod), MAX_KEY);
                if (value.isEmpty()) {
                    throw new AdapterFailure(field + ".key", "Expected a key, but it is empty for this pod.");
                }
                yield value;
            }
        };
    }

    private static final class Parts {
        private final List<GroupShape.Part> all = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private String ofPod = "";

        private boolean add(String name, int min, int max) {
            if (all.size() >= MAX_PARTS || !names.add(name)) {
                return false;
            }
            all.add(new GroupShape.Part(name, min, max));
            return true;
        }
    }

    private Parts cut(List<RoleShape> members, Asked asked, Map<String, Object> variables) {
        Parts cut = new Parts();
        int size = segmentSize.isEmpty() ? 0 : segmentSize.get().number(variables, 0, Adapter.MAX_PODS);
        boolean several =
                parts && members.stream().filter(shape -> shape.pods() > 0).count() >= 2;
        for (RoleShape shape : members) {
            boolean ofPod = isOf(shape, asked.place);
            if (size > 0 && shape.role().equals(segmentRole)) {
                segments(cut, shape, size, ofPod ? asked.place.index() : -1);
            } else if (several && shape.pods() > 0) {
                String name = cut.names.contains(shape.name()) ? shape.role() + "-" + shape.instance() : shape.name();
                if (cut.add(name, shape.minPods(), shape.maxPods()) && ofPod) {
                    cut.ofPod = name;
                }
            }
        }
        return cut;
    }

    /** Equal parts by the pods' index; the last one may be smaller, and what the role does not need is needed by none. */
    private static void segments(Parts cut, RoleShape shape, int size, int index) {
        int segment = 0;
        for (int from = 0; from < shape.pods(); from += size) {
            int pods = Math.min(size, shape.pods() - from);
            String name = shape.name() + "-" + segment;
            if (!cut.add(name, Math.max(0, Math.min(pods, shape.minPods() - from)), pods)) {
                return;
            }
            if (index >= from && index < from + pods) {
                cut.ofPod = name;
            }
            segment++;
        }
    }

    private static boolean isOf(RoleShape shape, PodPlace place) {
        return shape.role().equals(place.role())
                && (shape.instance().isEmpty() || shape.instance().equals(place.instance()));
    }

    private static int add(int one, int other) {
        return Math.min(Adapter.MAX_PODS, one + other);
    }
}
