package dev.berth.k8s.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image without a container engine: unpacked, mounted read-only in a mount namespace of its own, and entered as the
 * image's user, with nothing writable but what the charts mount.
 */
class ImageIT {
    private static final Path IMAGE = Path.of("target", "berth-image.tar");

    @TempDir
    private static Path folder;

    private static Path root;

    @BeforeAll
    static void unpack() throws Exception {
        Path outer = Files.createDirectory(folder.resolve("image"));
        root = Files.createDirectory(folder.resolve("root"));
        assertThat(run("tar", "xf", IMAGE.toString(), "-C", outer.toString())).isEmpty();
        Path layer;
        try (Stream<Path> all = Files.walk(outer)) {
            layer = all.filter(path -> path.endsWith("layer.tar")).findFirst().orElseThrow();
        }
        assertThat(run("tar", "xf", layer.toString(), "-C", root.toString())).isEmpty();
        for (String mounted : List.of("proc", "dev", "config")) {
            Files.createDirectory(root.resolve(mounted));
        }
        Files.writeString(root.resolve("config/berth.yaml"), """
                process: {healthPort: 0}
                store: {dataDir: /var/lib/berth/postgres, durable: false}
                api: {httpPort: 0, grpcPort: 0}
                gateway: {port: 0}
                """);
    }

    @Test
    void theUserIsNobodyInParticularAndTheRootIsReadOnly() throws Exception {
        assertThat(inside("/bin/sh -c 'touch /opt/x; touch /tmp/x && echo tmp is writable'"))
                .contains("Read-only file system")
                .contains("tmp is writable");
        assertThat(Files.readString(manifestConfig())).contains("\"User\":\"65532:65532\"");
    }

    @Test
    void theJarRunsOnTheRuntimeInside() throws Exception {
        assertThat(inside("/opt/jre/bin/java -jar /opt/berth/berth.jar version"))
                .contains("Berth 0.1.0, Java 17");
    }

    @Test
    void aWholeControlPlaneWithItsDatabaseStarts() throws Exception {
        assertThat(inside("/opt/jre/bin/java -jar /opt/berth/berth.jar run --once --config /config/berth.yaml"))
                .contains("Berth is up");
    }

    private static Path manifestConfig() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("image"))) {
            return files.filter(path -> path.toString().matches(".*[0-9a-f]{64}\\.json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String inside(String command) throws Exception {
        String script = """
                set -e; R=%1$s
                mount --bind $R $R; mount -o remount,bind,ro $R
                mount -t tmpfs -o mode=1777 none $R/tmp
                mount -t tmpfs -o uid=65532,gid=65532,mode=0770 none $R/var/lib/berth
                mount --bind /proc $R/proc; mount --bind /dev $R/dev
                chroot --userspec=65532:65532 $R %2$s
                """.formatted(root.toAbsolutePath(), command);
        return run("unshare", "--mount", "--propagation", "private", "sh", "-c", script);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
