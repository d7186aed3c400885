package dev.berth.k8s.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed CRD files are the ones that the types generate; {@code -Dberth.crds.write} writes them anew. */
class CrdFilesTest {
    private static final Path COMMITTED =
            Path.of(System.getProperty("berth.root"), "k8s", "charts", "berth-cluster", "templates", "crds");

    @TempDir
    static Path generated;

    @BeforeAll
    static void generate() {
        new CRDGenerator()
                .customResourceClasses(
                        Department.class,
                        Project.class,
                        NodePool.class,
                        Workload.class,
                        PodGroup.class,
                        WorkloadAdapter.class)
                .forCRDVersions("v1")
                .inOutputDir(generated.toFile())
                .generate();
    }

    @ParameterizedTest
    @ValueSource(strings = {"departments", "projects", "nodepools", "workloads", "podgroups", "workloadadapters"})
    void aCommittedFileIsWhatItsTypeGenerates(String plural) throws IOException {
        String file = plural + ".berth.dev-v1.yml";
        String expected = Files.readString(generated.resolve(file));
        Path committed = COMMITTED.resolve(plural + ".berth.dev.yaml");
        if (System.getProperty("berth.crds.write") != null) {
            Files.createDirectories(COMMITTED);
            Files.writeString(committed, expected);
        }
        assertThat(committed)
                .as("%s must be what the Java type generates; write it with -Dberth.crds.write", committed)
                .hasContent(expected);
    }
}
