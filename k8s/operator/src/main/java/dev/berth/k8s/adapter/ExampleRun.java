package dev.berth.k8s.adapter;

import dev.berth.k8s.crd.adapter.AdapterTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One example of an adapter: what it says must come out, and that resuming undoes suspending. */
final class ExampleRun {
    private final Adapter adapter;
    private final Map<String, Object> object;
    private final List<Map<String, Object>> pods = new ArrayList<>();
    private final Map<PodPlace, RoleCount> counts = new LinkedHashMap<>();
    private final String name;
    private final List<String> problems = new ArrayList<>();

    private ExampleRun(Adapter adapter, AdapterTest test) {
        this.adapter = adapter;
        this.name = "spec.tests[" + test.name + "]";
        this.object = Trees.map(Trees.value(test.object));
        // Every object of the API server has metadata; an example need not say so.
        Map<String, Object> metadata = Trees.map(object.computeIfAbsent("metadata", key -> new LinkedHashMap<>()));
        metadata.computeIfAbsent("annotations", key -> new LinkedHashMap<>());
        test.pods.forEach(pod -> pods.add(Trees.map(Trees.value(pod))));
    }

    /** What does not come out as said. */
    static List<String> problems(Adapter adapter, AdapterTest test) {
        ExampleRun run = new ExampleRun(adapter, test);
        try {
            run.run(test.expect);
        } catch (AdapterFailure failure) {
            run.problems.add(run.name + ": " + failure.getMessage());
        }
        return run.problems;
    }

    private void equal(String what, Object wanted, Object got) {
        if (!wanted.equals(got)) {
            problems.add(name + "." + what + ": Expected " + wanted + ", but got " + got + ".");
        }
    }

    private void said(String what, String wanted, Supplier<String> got) {
        if (!wanted.isEmpty()) {
            equal(what, wanted, got.get());
        }
    }

    private void run(AdapterTest.Expect expect) {
        pods.forEach(pod -> counts.merge(adapter.counted(object, pod), RoleCount.NONE.and(pod), RoleCount::plus));
        group(expect, adapter.group(object, pods.isEmpty() ? Map.of() : pods.get(0), counts));
        if (!expect.podSubGroups.isEmpty()) {
            equal("podSubGroups", expect.podSubGroups, each(GroupShape::part));
        }
        if (!expect.podKeys.isEmpty()) {
            equal("podKeys", expect.podKeys, each(GroupShape::key));
        }
        Optional<PhaseSaid> phase = adapter.phase(object, counts);
        said("phase", expect.phase, () -> phase.map(one -> one.phase().word()).orElse("none"));
        said("reason", expect.reason, () -> phase.map(PhaseSaid::reason).orElse(""));
        control(expect);
    }

    private void group(AdapterTest.Expect expect, GroupShape first) {
        said("unit", expect.unit, () -> {
            String unit = first.unit().name();
            return unit.charAt(0) + unit.substring(1).toLowerCase(Locale.ROOT);
        });
        if (expect.min != null) {
            equal("min", expect.min, first.min());
        }
        if (expect.replicas != null) {
            int all = adapter.roles(object, counts).stream()
                    .mapToInt(RoleShape::pods)
                    .sum();
            equal("replicas", expect.replicas, all);
        }
        if (!expect.subGroups.isEmpty()) {
            Map<String, Integer> got = new LinkedHashMap<>();
            first.parts().forEach(part -> got.put(part.name(), part.min()));
            equal("subGroups", expect.subGroups, got);
        }
    }

    private List<String> each(Function<GroupShape, String> part) {
        return pods.stream()
                .map(pod -> part.apply(adapter.group(object, pod, counts)))
                .toList();
    }

    private void control(AdapterTest.Expect expect) {
        List<Write> writes = adapter.suspend(object);
        if (!writes.isEmpty() && !adapter.suspendedByUs(object)) {
            Map<String, Object> suspended = Write.apply(object, writes);
            equal("resume", object, Write.apply(suspended, adapter.resume(suspended)));
        }
        if (expect.suspend != null) {
            Map<String, Object> got = new LinkedHashMap<>();
            writes.stream()
                    .filter(write -> !write.place().contains(ControlRules.BEFORE))
                    .forEach(write -> got.put(write.pointer(), write.value()));
            equal("suspend", Trees.map(Trees.value(expect.suspend)), got);
        }
    }
}
