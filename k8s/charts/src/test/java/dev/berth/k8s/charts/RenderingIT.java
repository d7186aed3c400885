package dev.berth.k8s.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.runtime.Berth;
import dev.berth.runtime.Roles;
import dev.berth.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the charts render: the same as last time, with configuration that the roles accept, and safe. */
class RenderingIT {
    /** With -Dberth.golden.write the files are written anew; read the difference before it is committed. */
    private static final boolean WRITE = System.getProperty("berth.golden.write") != null;

    @TempDir
    private Path folder;

    static Stream<Chart.ValueSet> sets() {
        return Chart.sets();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void aRenderingChangesOnlyOnPurpose(Chart.ValueSet set) throws IOException {
        String rendered = withoutDefinitions(set.render());
        if (WRITE) {
            Files.writeString(set.golden(), rendered);
        }
        assertThat(rendered)
                .as("rendering of %s; if it is meant: -Dberth.golden.write", set)
                .isEqualTo(Files.readString(set.golden()));
    }

    @ParameterizedTest
    @EnumSource
    void lintFindsNothing(Chart chart) {
        assertThat(chart.helm("lint", "--strict").output()).contains("0 chart(s) failed");
    }

    /** Each container is started as Kubernetes would: its file, its roles, its environment, through the strict reader. */
    @ParameterizedTest
    @MethodSource("sets")
    void everyRoleAcceptsTheConfigurationThatItGets(Chart.ValueSet set) throws IOException {
        String rendered = set.render();
        Map<String, String> files = Chart.objects(rendered, "ConfigMap").stream()
                .collect(Collectors.toMap(map -> map.at("/metadata/name").asText(), map -> map.at("/data/berth.yaml")
                        .asText()));
        List<JsonNode> pods = pods(rendered);
        assertThat(pods).isNotEmpty();
        for (JsonNode pod : pods) {
            List<String> arguments = texts(pod.at("/containers/0/args"));
            int config = arguments.indexOf("--config");
            Settings settings = config < 0 ? Settings.empty() : read(files.get(mapOf(pod)));
            List<String> roles =
                    List.of(arguments.get(arguments.indexOf("--roles") + 1).split(","));
            Berth.check(Roles.onClassPath(), settings, roles, environment(pod));
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void noServiceOfTheNamespaceCanLookLikeConfiguration(Chart.ValueSet set) {
        assertThat(pods(set.render()))
                .allSatisfy(pod ->
                        assertThat(pod.path("enableServiceLinks").asText()).isEqualTo("false"));
    }

    @Test
    void definitionsAreKeptUnlessSomebodySaysOtherwise() {
        Chart.ValueSet byDefault = new Chart.ValueSet(Chart.CLUSTER, "default");
        List<JsonNode> kept = Chart.objects(byDefault.render(), "CustomResourceDefinition");
        assertThat(kept)
                .hasSameSizeAs(
                        Chart.CLUSTER.folder().resolve("files/crds").toFile().list())
                .allSatisfy(crd -> assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy")
                                .asText())
                        .isEqualTo("keep"));
        List<JsonNode> loose =
                Chart.objects(new Chart.ValueSet(Chart.CLUSTER, "custom").render(), "CustomResourceDefinition");
        assertThat(loose).isNotEmpty().allSatisfy(crd -> assertThat(
                        crd.at("/metadata/annotations").isMissingNode())
                .isTrue());
        assertThat(Chart.objects(new Chart.ValueSet(Chart.CLUSTER, "partial").render(), "CustomResourceDefinition"))
                .isEmpty();
    }

    @Test
    void bothChartsSayTheirCommonWordsAlike() throws IOException {
        String file = "templates/_common.tpl";
        assertThat(Files.readString(Chart.CLUSTER.folder().resolve(file)))
                .isEqualTo(Files.readString(Chart.BERTH.folder().resolve(file)));
    }

    /** Definitions have a golden form already: the files that the types generate. */
    private static String withoutDefinitions(String rendered) {
        return Chart.documents(rendered).stream()
                .filter(text -> !text.contains("kind: \"CustomResourceDefinition\""))
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining("\n---\n", "", "\n"));
    }

    private static List<JsonNode> pods(String rendered) {
        List<JsonNode> pods = new ArrayList<>();
        for (String kind : List.of("Deployment", "StatefulSet", "Job")) {
            Chart.objects(rendered, kind)
                    .forEach(object ->
                            pods.add(object.path("spec").path("template").path("spec")));
        }
        return pods;
    }

    private static String mapOf(JsonNode pod) {
        for (JsonNode volume : pod.path("volumes")) {
            if (volume.path("name").asText().equals("config")) {
                return volume.at("/configMap/name").asText();
            }
        }
        return "";
    }

    /** What the container's environment would be; what Kubernetes or a secret fills in is any word. */
    private static Map<String, String> environment(JsonNode pod) {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : pod.at("/containers/0/env")) {
            environment.put(
                    variable.path("name").asText(), variable.path("value").asText("something-of-a-secret"));
        }
        return environment;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private Settings read(String text) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("berth.yaml"), text));
    }
}
