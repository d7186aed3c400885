package dev.berth.k8s.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInAdaptersTest {
    private static final AdapterCheck CHECK = new AdapterCheck();

    static List<WorkloadAdapter> all() {
        return BuiltInAdapters.read();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachIsAcceptedByItsOwnTests(WorkloadAdapter adapter) {
        assertThat(CHECK.check(adapter.getSpec()).problems())
                .as(adapter.getMetadata().getName())
                .isEmpty();
    }

    @Test
    void noKindHasTwo() {
        Set<String> kinds = new HashSet<>();
        all().forEach(adapter -> assertThat(
                        kinds.add(adapter.getSpec().target.kind + "." + adapter.getSpec().target.group))
                .as(adapter.getMetadata().getName())
                .isTrue());
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(50);
    }

    /** Whatever an object looks like, the answer is one, or a failure that names the field: nothing else gets out. */
    @ParameterizedTest
    @MethodSource("all")
    void noObjectBreaksIt(WorkloadAdapter adapter) {
        Adapter compiled = CHECK.check(adapter.getSpec()).adapter().orElseThrow();
        List<Map<String, Object>> objects = new ArrayList<>(List.of(Map.of(), Map.of("metadata", Map.of("name", "x"))));
        adapter.getSpec().tests.forEach(test -> {
            Map<String, Object> object = Trees.map(Trees.value(test.object));
            leaves(object, List.of()).forEach(leaf -> {
                for (Object wrong : List.of("wrong", -7L, true, List.of(), Map.of(), List.of("a", 1L))) {
                    objects.add(Write.apply(object, List.of(new Write(leaf, wrong))));
                }
            });
        });
        for (Map<String, Object> object : objects) {
            Map<String, Object> pod = Map.of("metadata", Map.of("name", "p", "uid", "u"));
            assertThatCode(() -> ask(compiled, object, pod))
                    .as(object.toString())
                    .doesNotThrowAnyException();
        }
    }

    private static void ask(Adapter adapter, Map<String, Object> object, Map<String, Object> pod) {
        for (Runnable question : List.<Runnable>of(
                () -> adapter.group(object, pod, Map.of()),
                () -> adapter.phase(object, Map.of()),
                () -> adapter.suspend(object),
                () -> adapter.resume(object),
                () -> adapter.queue(object),
                () -> adapter.priorityName(object))) {
            try {
                question.run();
            } catch (AdapterFailure said) {
                assertThat(said.getMessage()).startsWith("spec.");
            }
        }
    }

    private static List<List<Object>> leaves(Object at, List<Object> place) {
        List<List<Object>> leaves = new ArrayList<>();
        Map<Object, Object> children = new LinkedHashMap<>();
        if (at instanceof Map<?, ?> map) {
            children.putAll(map);
        } else if (at instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                children.put(i, list.get(i));
            }
        }
        children.forEach((step, child) -> {
            List<Object> below = new ArrayList<>(place);
            below.add(step);
            leaves.add(below);
            leaves.addAll(leaves(child, below));
        });
        return leaves;
    }
}
