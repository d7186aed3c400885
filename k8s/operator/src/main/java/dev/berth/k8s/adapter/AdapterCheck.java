package dev.berth.k8s.adapter;

import dev.berth.k8s.crd.adapter.AdapterGang;
import dev.berth.k8s.crd.adapter.AdapterTest;
import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether an adapter can be accepted: its paths are read, its expressions compiled, its own tests run. A function of the
 * spec alone, so that whoever asks, before or after it was stored, gets one answer.
 */
public final class AdapterCheck {
    private static final int MAX_PROBLEMS = 16;
    private static final int MAX_TESTS_LENGTH = 65_536;

    private final Expressions expressions = new Expressions();

    /**
     * The answer.
     *
     * @param problems why not, each with its field; empty where it is accepted
     * @param adapter what answers for objects of the kind; empty where there are problems
     */
    public record Verdict(List<String> problems, Optional<Adapter> adapter) {
        public Verdict {
            problems = List.copyOf(problems);
        }
    }

    public Verdict check(WorkloadAdapter.Spec spec) {
        List<String> problems = new ArrayList<>();
        lint(spec, problems);
        if (!problems.isEmpty()) {
            return new Verdict(problems, Optional.empty());
        }
        Adapter adapter;
        try {
            adapter = new Adapter(spec, expressions);
        } catch (AdapterFailure failure) {
            return new Verdict(List.of(failure.getMessage()), Optional.empty());
        } catch (IllegalArgumentException wrongWord) {
            return new Verdict(List.of("spec: " + wrongWord.getMessage()), Optional.empty());
        }
        for (AdapterTest test : spec.tests) {
            if (problems.size() < MAX_PROBLEMS) {
                run(adapter, test, problems);
            }
        }
        return new Verdict(problems, problems.isEmpty() ? Optional.of(adapter) : Optional.empty());
    }

    private static void lint(WorkloadAdapter.Spec spec, List<String> problems) {
        if (spec.target.kind.isEmpty() || spec.target.versions.isEmpty()) {
            problems.add("spec.target: Expected a kind and at least one version.");
        }
        if (spec.ownerAs.equals("PassThrough") && !spec.gang.isEmpty()) {
            problems.add("spec.gang: Expected none, as the object below forms the groups.");
        }
        Set<String> names = new HashSet<>();
        spec.roles.forEach(role -> {
            if (!names.add(role.name)) {
                problems.add("spec.roles: Expected names that differ, but " + role.name + " comes twice.");
            }
        });
        for (AdapterGang gang : spec.gang) {
            if (!gang.segmentSize.isEmpty() && gang.segmentRole.isEmpty()) {
                problems.add("spec.gang.segmentRole: Expected the role that segmentSize cuts.");
            }
        }
        if (Trees.json(Trees.of(spec)).length() > 4 * MAX_TESTS_LENGTH) {
            problems.add("spec: Expected at most 256 KiB.");
        }
    }

    private static void run(Adapter adapter, AdapterTest test, List<String> problems) {
        String where = "spec.tests[" + test.name + "]";
        Map<String, Object> object = Trees.map(Trees.value(test.object));
        List<Map<String, Object>> pods = new ArrayList<>();
        test.pods.forEach(pod -> pods.add(Trees.map(Trees.value(pod))));
        try {
            new TestRun(adapter, object, pods, (what, wanted, got) -> {
                if (!wanted.equals(got)) {
                    problems.add(where + "." + what + ": Expected " + wanted + ", but got " + got + ".");
                }
            })
                    .run(test.expect);
        } catch (AdapterFailure failure) {
            problems.add(where + ": " + failure.getMessage());
        }
    }

    /** Where expected and seen things are compared. */
    private interface Compare {
        void equal(String what, Object wanted, Object got);
    }

    private record TestRun(
            Adapter adapter, Map<String, Object> object, List<Map<String, Object>> pods, Compare compare) {
        void run(AdapterTest.Expect expect) {
            Map<PodPlace, RoleCount> counts = new LinkedHashMap<>();
            pods.forEach(pod -> counts.merge(adapter.counted(object, pod), RoleCount.NONE.and(pod), RoleCount::plus));
            GroupShape first = adapter.group(object, pods.isEmpty() ? Map.of() : pods.get(0), counts);
            group(expect, first, counts);
            if (!expect.podSubGroups.isEmpty()) {
                compare.equal("podSubGroups", expect.podSubGroups, each(counts, GroupShape::part));
            }
            if (!expect.podKeys.isEmpty()) {
                compare.equal("podKeys", expect.podKeys, each(counts, GroupShape::key));
            }
            if (!expect.phase.isEmpty() || !expect.reason.isEmpty()) {
                Optional<PhaseSaid> said = adapter.phase(object, counts);
                said(expect.phase, "phase", () -> said.map(one -> one.phase().word()).orElse("none"));
                said(expect.reason, "reason", () -> said.map(PhaseSaid::reason).orElse(""));
            }
            control(expect);
        }

        private void group(AdapterTest.Expect expect, GroupShape first, Map<PodPlace, RoleCount> counts) {
            said(expect.unit, "unit", () -> {
                String name = first.unit().name();
                return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
            });
            if (expect.min != null) {
                compare.equal("min", expect.min, first.min());
            }
            if (expect.replicas != null) {
                int all = adapter.roles(object, counts).stream().mapToInt(RoleShape::pods).sum();
                compare.equal("replicas", expect.replicas, all);
            }
            if (!expect.subGroups.isEmpty()) {
                Map<String, Integer> got = new LinkedHashMap<>();
                first.parts().forEach(part -> got.put(part.name(), part.min()));
                compare.equal("subGroups", expect.subGroups, got);
            }
        }

        private List<String> each(
                Map<PodPlace, RoleCount> counts, java.util.function.Function<GroupShape, String> part) {
            return pods.stream().map(pod -> part.apply(adapter.group(object, pod, counts))).toList();
        }

        private void said(String wanted, String what, Supplier<String> got) {
            if (!wanted.isEmpty()) {
                compare.equal(what, wanted, got.get());
            }
        }

        /** What suspending writes, and that resuming makes the same object of it again. */
        private void control(AdapterTest.Expect expect) {
            List<Write> writes = adapter.suspend(object);
            Map<String, Object> suspended = Write.apply(object, writes);
            if (!adapter.suspendedByUs(object) && !writes.isEmpty()) {
                Map<String, Object> back = Write.apply(suspended, adapter.resume(suspended));
                Trees.map(back.get("metadata")).computeIfPresent(
                        "annotations",
                        (key, left) -> Trees.map(left).isEmpty() && noAnnotations(object) ? null : left);
                compare.equal("resume", object, back);
            }
            if (expect.suspend != null) {
                Map<String, Object> wanted = Trees.map(Trees.value(expect.suspend));
                Map<String, Object> got = new LinkedHashMap<>();
                writes.stream()
                        .filter(write -> !write.pointer().endsWith(ControlRules.BEFORE.replace("/", "~1")))
                        .filter(write -> !write.pointer().equals("/metadata/annotations") || wanted.containsKey("/metadata/annotations"))
                        .forEach(write -> got.put(write.pointer(), write.value()));
                compare.equal("suspend", wanted, got);
            }
        }

        private static boolean noAnnotations(Map<String, Object> object) {
            return !Trees.map(object.get("metadata")).containsKey("annotations");
        }
    }
}
