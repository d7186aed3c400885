package dev.berth.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where the Kubernetes commands are that {@code k8s/testbed/build} built, or that setup-envtest fetched. */
public final class Testbed {
    /** Newest version that the testbed builds; see {@code k8s/testbed/go.mod}. */
    private static final String VERSION = "v1.36.3";

    private Testbed() {}

    /**
     * The path of a command. Where it is not built, the test fails with the line that builds it, unless the tests that need
     * a real Kubernetes were switched off by {@code -Dberth.testbed.skip}.
     */
    public static Path command(String name) {
        if (System.getProperty("berth.testbed.skip") != null) {
            Assumptions.abort("Tests on a real Kubernetes are switched off by -Dberth.testbed.skip.");
        }
        return folders()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Expected the command " + name + " in "
                        + folders().toList() + ", but it is not there. Build it with: k8s/testbed/build " + name));
    }

    private static Stream<Path> folders() {
        Map<String, String> environment = System.getenv();
        String home = environment.getOrDefault(
                "XDG_CACHE_HOME",
                Path.of(System.getProperty("user.home"), ".cache").toString());
        String testbed = environment.getOrDefault(
                "BERTH_TESTBED", Path.of(home, "berth", "testbed").toString());
        Path built = Path.of(testbed, VERSION, "bin");
        String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
        return (assets.isEmpty() ? List.of(built) : List.of(Path.of(assets), built)).stream();
    }
}
