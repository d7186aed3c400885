package dev.berth.k8s.operator.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Project;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceClaimTest {
    private static Project project(String namespace) {
        Project project = new Project();
        project.getMetadata().setName("vision");
        project.getSpec().namespace = namespace;
        return project;
    }

    private static Namespace namespace(String name, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    @Test
    void aProjectThatNamesNoneGetsOneOfItsOwnName() {
        assertThat(NamespaceClaim.of(project(""), null)).isEqualTo(new NamespaceClaim.Create("berth-p-vision"));
    }

    @Test
    void aNamespaceThatItsOwnerLabelledIsAdopted() {
        Namespace labelled = namespace("research", Map.of(Labels.PROJECT, "vision"));

        assertThat(NamespaceClaim.of(project("research"), labelled)).isEqualTo(new NamespaceClaim.Hold("research"));
    }

    @Test
    void aNamespaceThatNobodyGaveAwayIsNotTaken() {
        assertThat(NamespaceClaim.of(project("payroll"), namespace("payroll", Map.of())))
                .isInstanceOfSatisfying(NamespaceClaim.Refuse.class, refuse -> assertThat(refuse.sentence())
                        .contains("payroll", "berth.dev/project=vision", "Label it"));
    }

    @Test
    void aNamespaceOfAnotherProjectIsNotTaken() {
        assertThat(NamespaceClaim.of(project("nlp"), namespace("nlp", Map.of(Labels.PROJECT, "nlp"))))
                .isInstanceOfSatisfying(NamespaceClaim.Refuse.class, refuse -> assertThat(refuse.sentence())
                        .contains("belongs to project nlp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kube-system", "kube-public", "default", "berth", "berth-reservation", "berth-control-plane"})
    void aReservedNamespaceIsNotTakenWhateverItsLabels(String name) {
        assertThat(NamespaceClaim.of(project(name), namespace(name, Map.of(Labels.PROJECT, "vision"))))
                .isInstanceOf(NamespaceClaim.Refuse.class);
    }
}
