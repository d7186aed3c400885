package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.berth.api.spec.Contract;
import dev.berth.cli.wire.Kind;
import dev.berth.model.Phase;
import dev.berth.model.PriorityClass;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** What the command takes for granted of the API stands in the API's contract. */
final class ContractTest {
    private final JsonNode contract = contract();

    private static JsonNode contract() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(Contract.openApi());
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private Set<String> parameters(String path) {
        Set<String> names = new TreeSet<>();
        for (JsonNode one : contract.path("paths").path(path).at("/get/parameters")) {
            String reference = one.path("$ref").asText("");
            JsonNode parameter = reference.isEmpty() ? one : contract.at(reference.substring(1));
            names.add(parameter.path("name").asText());
        }
        return names;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindIsListedWithItsFiltersAndWatchedWhereItSays(Kind kind) {
        Set<String> there = parameters(kind.path());

        assertThat(there).contains("limit", "cursor").containsAll(kind.filters());
        assertThat(there.contains("watch")).isEqualTo(kind.watched());
        assertThat(contract.path("paths").path(kind.path() + "/{idOrName}").has("get"))
                .isEqualTo(kind.readByName());
        JsonNode one = contract.path("paths").path(kind.path() + "/{idOrName}").path("parameters");
        assertThat(one.toString().contains("#/components/parameters/one"))
                .as("a scope beside the name")
                .isEqualTo(!kind.scope().isEmpty());
        Set<String> rest = new TreeSet<>(there);
        rest.removeAll(kind.filters());
        rest.removeAll(Set.of("limit", "cursor", "watch", "resourceVersion", "Last-Event-ID", "total"));
        assertThat(rest).as("filters that no flag offers").isEmpty();
    }

    @Test
    void everyFlagOfASubmissionIsAFieldAndEveryFieldHasAFlag() {
        var flags = new WorkloadFlags();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("flags", CommandLine.Model.CommandSpec.forAnnotatedObject(flags)))
                .parseArgs(
                        "--pool=a",
                        "--image=i",
                        "--gpu-memory=1Gi",
                        "--gpu-devices=2",
                        "--gpu-model=x",
                        "--cpu=1",
                        "--memory=1Gi",
                        "--workers=2",
                        "--min-workers=1",
                        "--kind=training",
                        "--priority=train",
                        "--preemptible",
                        "-eA=b",
                        "-lc=d",
                        "--annotation=e=f",
                        "--node-selector=g=h");
        JsonNode body = flags.body("name", List.of("run"));

        Set<String> fields = names(contract.at("/components/schemas/WorkloadSpec/properties"));
        fields.removeAll(Set.of("project", "cluster", "stopped"));
        assertThat(names(body.path("spec"))).isEqualTo(fields);
        assertThat(names(body.at("/spec/resources")))
                .isEqualTo(names(contract.at("/components/schemas/WorkloadSpec/properties/resources/properties")));
        assertThat(names(contract.at("/components/schemas/GpuAsk/properties")))
                .containsAll(names(body.at("/spec/resources/gpu")));
        assertThat(names(contract.at("/components/schemas/MetadataWrite/properties")))
                .isEqualTo(names(body.path("metadata")));
    }

    @Test
    void theWordsAreThoseOfTheContract() {
        assertThat(words("/components/schemas/Phase/enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Phase.values()).map(Phase::word).toList());
        assertThat(words("/components/schemas/WorkloadSpec/properties/priorityClass/enum"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(PriorityClass.values())
                        .map(PriorityClass::word)
                        .toList());
    }

    @Test
    void everyOtherCallIsInTheContract() {
        JsonNode paths = contract.path("paths");
        assertThat(paths.path("/auth/sign-in").has("post")).isTrue();
        assertThat(paths.path("/auth/one-time").has("post")).isTrue();
        assertThat(paths.path("/auth/sign-out").has("post")).isTrue();
        assertThat(paths.path("/auth/me").has("get")).isTrue();
        assertThat(paths.path("/workloads").has("post")).isTrue();
        assertThat(paths.path("/workloads:batch").has("post")).isTrue();
        assertThat(paths.path("/workloads/{idOrName}:stop").has("post")).isTrue();
        assertThat(paths.path("/workloads/{idOrName}/explanation").has("get")).isTrue();
        for (Kind kind : Kind.values()) {
            assertThat(paths.path(kind.path() + "/{idOrName}").has("delete")).isEqualTo(kind != Kind.NODE);
        }
    }

    private List<String> words(String pointer) {
        List<String> words = new java.util.ArrayList<>();
        contract.at(pointer).forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
