package dev.berth.k8s.adapter;

import dev.berth.k8s.crd.adapter.AdapterGang;
import dev.berth.k8s.crd.adapter.AdapterTest;
import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
                problems.addAll(ExampleRun.problems(adapter, test));
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
}
