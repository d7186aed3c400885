package dev.berth.k8s.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterCheckTest {
    private static final AdapterCheck CHECK = new AdapterCheck();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            roles: [{name: a, replicas: 'self.spec.'}] | spec.roles[0].replicas
            roles: [{name: a, replicas: 'nobody.spec'}] | undeclared reference
            roles: [{name: a, eachPath: 'spec.a'}] | column 1
            roles: [{name: a, eachPath: '.spec.a[?(@.b)]'}] | column 8
            roles: [{name: a}, {name: a}] | comes twice
            gang: [{unit: Key}] | spec.gang[0].key
            gang: [{segmentRole: a, segmentSize: '2'}] | podIndex
            gang: [{segmentSize: '2'}] | segmentRole
            control: {suspend: [{path: .status.phase, value: x}]} | below .spec
            control: {suspend: [{path: .metadata.finalizers, value: x}]} | below .spec
            control: {suspend: [{path: '.metadata.labels["a"]', value: x}]} | below .spec
            phases: [{phase: Pending, when: 'true'}] | Expected one of
            tests: [{name: t, object: {}, expect: {min: 2}}] | Expected 2, but got 1
            """)
    void whatIsWrongIsToldWithItsField(String part, String told) {
        AdapterCheck.Verdict verdict = CHECK.check(spec(part));
        assertThat(verdict.adapter()).isEmpty();
        assertThat(String.join(" ", verdict.problems())).contains(told);
    }

    @Test
    void aLoopThatNeverEndsIsEnded() {
        AdapterCheck.Verdict verdict =
                CHECK.check(spec("roles: [{name: a, replicas: \"sum(self.l.map(a, sum(self.l.map(b, 1))))\"}]"));
        List<Object> many = new ArrayList<>();
        for (long i = 0; i < 1_000; i++) {
            many.add(i);
        }
        Adapter adapter = verdict.adapter().orElseThrow();
        assertThat(catchMessage(() -> adapter.roles(Map.of("l", many), Map.of())))
                .contains("spec.roles[0].replicas");
    }

    @Test
    void anAnnotationThatOthersWroteLeadsNowhereElse() {
        Adapter adapter = CHECK.check(spec("control: {suspend: [{path: .spec.paused, value: true}]}"))
                .adapter()
                .orElseThrow();
        Map<String, Object> object = Map.of(
                "metadata",
                Map.of(
                        "annotations",
                        Map.of(
                                "berth.dev/before-suspend",
                                "{\"/spec/template/spec/hostNetwork\":[true],\"/metadata/finalizers\":[[]],\"nonsense\":[1]}")),
                "spec",
                Map.of("paused", true));
        assertThat(adapter.resume(object))
                .extracting(Write::pointer)
                .containsExactly("/metadata/annotations/berth.dev~1before-suspend");
    }

    @Test
    void theExampleOfTheHandbookIsAccepted() throws IOException {
        String text = Files.readString(Path.of(System.getProperty("berth.root"), "k8s", "ADAPTERS.md"));
        String yaml = text.substring(text.indexOf("```yaml\n") + 8);
        WorkloadAdapter adapter =
                new KubernetesSerialization().unmarshal(yaml.substring(0, yaml.indexOf("```")), WorkloadAdapter.class);
        assertThat(CHECK.check(adapter.getSpec()).problems()).isEmpty();
    }

    private static String catchMessage(Runnable question) {
        try {
            question.run();
            return "";
        } catch (AdapterFailure failure) {
            return failure.getMessage();
        }
    }

    private static WorkloadAdapter.Spec spec(String part) {
        return new KubernetesSerialization()
                .unmarshal(
                        "spec:\n  target: {group: example.com, kind: Squad, versions: [v1]}\n  " + part,
                        WorkloadAdapter.class)
                .getSpec();
    }
}
