package dev.berth.k8s.adapter;

import dev.berth.k8s.crd.adapter.AdapterGang;
import dev.berth.k8s.crd.adapter.AdapterPhase;
import dev.berth.k8s.crd.adapter.AdapterRole;
import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import dev.berth.model.Phase;
import dev.berth.model.PriorityClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Answers for objects of one kind. Every question may end in an {@link AdapterFailure}. Immutable, and to be shared by
 * any number of threads.
 */
public final class Adapter {
    static final int MAX_PODS = 100_000;
    private static final int MAX_REASON = 64;
    private static final int MAX_MESSAGE = 1_024;
    private static final Pattern COUNTS = Pattern.compile("\\.(created|scheduled|ready|succeeded|failed)\\b");

    /** What the kind's objects are to their pods. */
    public enum OwnerAs {
        WORKLOAD,
        PASS_THROUGH,
        IGNORE
    }

    private record PhaseRule(Phase phase, Expression when, Optional<Expression> reason, Optional<Expression> message) {}

    private final WorkloadAdapter.Target target;
    private final OwnerAs ownerAs;
    private final boolean ownerStop;
    private final PriorityClass priority;
    private final List<RoleRules> roles = new ArrayList<>();
    private final List<GangRules> gangs = new ArrayList<>();
    private final List<PhaseRule> phases = new ArrayList<>();
    private final ControlRules control;
    private final boolean countsPods;
    private final List<ObjectPath> queuePaths = new ArrayList<>();
    private final List<ObjectPath> priorityPaths = new ArrayList<>();

    /** Compiles; {@link AdapterFailure} at the first field that is wrong. */
    Adapter(WorkloadAdapter.Spec spec, Expressions cel) {
        this.target = spec.target;
        this.ownerAs = switch (spec.ownerAs) {
            case "PassThrough" -> OwnerAs.PASS_THROUGH;
            case "Ignore" -> OwnerAs.IGNORE;
            default -> OwnerAs.WORKLOAD;
        };
        this.ownerStop = spec.ownerStop;
        this.priority = priority(spec);
        for (AdapterRole role : spec.roles) {
            roles.add(new RoleRules("spec.roles[" + roles.size() + "]", role, cel));
        }
        List<AdapterGang> given = spec.gang.isEmpty() ? List.of(new AdapterGang()) : spec.gang;
        given.forEach(gang -> gangs.add(new GangRules("spec.gang[" + gangs.size() + "]", gang, cel)));
        for (AdapterPhase phase : spec.phases) {
            phases.add(phase("spec.phases[" + phases.size() + "]", phase, cel));
        }
        this.control = new ControlRules(spec.control, cel);
        this.countsPods = spec.roles.stream()
                        .anyMatch(role -> COUNTS.matcher(role.counted).find())
                || spec.gang.stream().anyMatch(one -> COUNTS.matcher(one.when + " " + one.min)
                        .find());
        spec.queuePaths.forEach(path -> queuePaths.add(ObjectPath.parse("spec.queuePaths", path)));
        spec.priorityPaths.forEach(path -> priorityPaths.add(ObjectPath.parse("spec.priorityPaths", path)));
        checkSegments();
    }

    private static PriorityClass priority(WorkloadAdapter.Spec spec) {
        if (!spec.priority.isEmpty()) {
            return PriorityClass.of(spec.priority);
        }
        return switch (spec.category) {
            case "Interactive" -> PriorityClass.BUILD;
            case "Inference", "Service" -> PriorityClass.INFERENCE;
            default -> PriorityClass.TRAIN;
        };
    }

    private static PhaseRule phase(String field, AdapterPhase rule, Expressions cel) {
        Function<String, Optional<Expression>> text =
                part -> part.isEmpty() ? Optional.empty() : Optional.of(cel.compile(field, part));
        return new PhaseRule(
                Phase.of(rule.phase),
                cel.compile(field + ".when", rule.when),
                text.apply(rule.reason),
                text.apply(rule.message));
    }

    private void checkSegments() {
        for (GangRules gang : gangs) {
            String role = gang.segmentRole();
            if (!role.isEmpty() && roles.stream().noneMatch(one -> one.name().equals(role) && one.hasIndex())) {
                throw new AdapterFailure("spec.gang.segmentRole", "Expected a role that has podIndex.");
            }
        }
    }

    public WorkloadAdapter.Target target() {
        return target;
    }

    public OwnerAs ownerAs() {
        return ownerAs;
    }

    /** Whether such an object is the top even if something owns it. */
    public boolean ownerStop() {
        return ownerStop;
    }

    /** The class when neither pod nor owner names one. */
    public PriorityClass priority() {
        return priority;
    }

    /** Whether its objects are shown and stopped as a whole, though others may own what lies between. */
    public boolean shows() {
        return control.canSuspend() || !phases.isEmpty();
    }

    public boolean canSuspend() {
        return control.canSuspend();
    }

    /** Whether groups depend on how many pods there are and how far they are, so that each of them may change all. */
    public boolean countsPods() {
        return countsPods;
    }

    /** What the object wants, role by role. */
    public List<RoleShape> roles(Map<String, Object> object, Map<PodPlace, RoleCount> counts) {
        List<RoleShape> shapes = shapes(object);
        List<Map<String, Object>> variable = variable(shapes, counts);
        List<RoleShape> counted = new ArrayList<>();
        for (RoleShape shape : shapes) {
            RoleRules rules = roles.stream()
                    .filter(one -> one.name().equals(shape.role()))
                    .findFirst()
                    .orElseThrow();
            counted.add(shape.counted(rules.counted(object, variable)));
        }
        return counted;
    }

    private List<RoleShape> shapes(Map<String, Object> object) {
        List<RoleShape> shapes = new ArrayList<>();
        roles.forEach(role -> shapes.addAll(role.shapes(object)));
        return shapes;
    }

    private static List<Map<String, Object>> variable(List<RoleShape> shapes, Map<PodPlace, RoleCount> counts) {
        List<Map<String, Object>> variable = new ArrayList<>();
        for (RoleShape shape : shapes) {
            RoleCount sum = RoleCount.NONE;
            for (Map.Entry<PodPlace, RoleCount> entry : counts.entrySet()) {
                PodPlace place = entry.getKey();
                boolean same = place.role().equals(shape.role())
                        && (shape.instance().isEmpty() || place.instance().equals(shape.instance()));
                sum = same ? sum.plus(entry.getValue()) : sum;
            }
            variable.add(shape.variable(sum));
        }
        return variable;
    }

    /** Which of the object's pods it is, without its number: the key by which pods are counted. */
    public PodPlace counted(Map<String, Object> object, Map<String, Object> pod) {
        PodPlace place = place(object, pod);
        return new PodPlace(place.role(), place.instance(), -1);
    }

    /** Which of the object's pods it is: the first role that matches. */
    public PodPlace place(Map<String, Object> object, Map<String, Object> pod) {
        for (RoleRules role : roles) {
            Optional<PodPlace> place = role.place(object, pod);
            if (place.isPresent()) {
                return place.get();
            }
        }
        return PodPlace.OTHER;
    }

    /** The group of the pod; with an empty pod that of the object as a whole. */
    public GroupShape group(Map<String, Object> object, Map<String, Object> pod, Map<PodPlace, RoleCount> counts) {
        List<RoleShape> shapes = roles(object, counts);
        List<Map<String, Object>> variable = variable(shapes, counts);
        PodPlace place = pod.isEmpty() ? PodPlace.OTHER : place(object, pod);
        GangRules.Asked asked = new GangRules.Asked(object, shapes, variable, pod, place);
        GangRules gang = gangs.stream()
                .filter(one -> one.holds(asked))
                .findFirst()
                .orElseThrow(() -> new AdapterFailure("spec.gang", "No rule holds for this object."));
        return gang.group(asked);
    }

    /** What the object's status means; nothing where no rule speaks of it. */
    public Optional<PhaseSaid> phase(Map<String, Object> object, Map<PodPlace, RoleCount> counts) {
        Map<String, Object> variables = Map.of("self", object, "roles", variable(shapes(object), counts));
        for (PhaseRule rule : phases) {
            if (rule.when.holds(variables)) {
                return Optional.of(new PhaseSaid(
                        rule.phase,
                        rule.reason.map(one -> one.text(variables, MAX_REASON)).orElse(""),
                        rule.message
                                .map(one -> one.text(variables, MAX_MESSAGE))
                                .orElse("")));
            }
        }
        return Optional.empty();
    }

    /** What is still to be written to suspend the object; nothing where it is suspended, or cannot be. */
    public List<Write> suspend(Map<String, Object> object) {
        return control.suspend(object);
    }

    /** What is to be written to undo {@link #suspend}; nothing where we did not suspend it. */
    public List<Write> resume(Map<String, Object> object) {
        return control.resume(object);
    }

    /** Whether we suspended it, and did not resume it. */
    public boolean suspendedByUs(Map<String, Object> object) {
        return ControlRules.remembers(object);
    }

    /** Whether nothing of a suspended object runs any more. */
    public boolean atRest(Map<String, Object> object, Map<PodPlace, RoleCount> counts) {
        int pods = counts.values().stream().mapToInt(RoleCount::active).sum();
        return control.suspended(object, variable(shapes(object), counts), pods);
    }

    /** The kind's own field for the queue; empty where it has none or says nothing. */
    public String queue(Map<String, Object> object) {
        return first(queuePaths, object);
    }

    /** The kind's own field for the priority class. */
    public String priorityName(Map<String, Object> object) {
        return first(priorityPaths, object);
    }

    private static String first(List<ObjectPath> paths, Map<String, Object> object) {
        for (ObjectPath path : paths) {
            for (Object found : path.read(object)) {
                if (found instanceof String text && !text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }
}
