package dev.berth.demo;

import dev.berth.runtime.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The demo's data, marked as its own, so that nothing else is ever removed. */
final class DataDirectory {
    private static final String MARK = "berth-demo";

    private DataDirectory() {}

    /** The directory to use, emptied where that was asked for. */
    static Path open(DemoOptions options) {
        Path wanted = options.data();
        try {
            if (wanted == null && options.untilDone()) {
                return Files.createTempDirectory("berth-demo-");
            }
            Path data = (wanted == null ? home() : wanted).toAbsolutePath();
            requireOwn(data);
            if (options.reset()) {
                remove(data);
            }
            if (options.untilDone() && Files.exists(data.resolve("postgres"))) {
                throw new StartRefused(
                        List.of(
                                "Expected no data in " + data
                                        + ", as a run until done counts from nothing. Add --reset, which removes it, or leave --data out."));
            }
            Files.createDirectories(data);
            Files.writeString(data.resolve(MARK), "Data of berth.jar demo; --reset removes it.\n");
            return data;
        } catch (IOException e) {
            throw new StartRefused(List.of("Cannot use the data directory " + (wanted == null ? home() : wanted) + ": "
                    + e.getMessage() + ". Give another one with --data."));
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"), ".berth", "demo");
    }

    private static void requireOwn(Path data) throws IOException {
        if (!Files.exists(data) || Files.exists(data.resolve(MARK))) {
            return;
        }
        try (Stream<Path> content = Files.list(data)) {
            if (content.findAny().isPresent()) {
                throw new StartRefused(List.of("Expected the demo's data or an empty directory in " + data
                        + ", but it holds other files. Give another one with --data."));
            }
        }
    }

    /** Removes the directory where nobody asked to keep it. */
    static void close(DemoOptions options, Path data) {
        if (options.data() == null && options.untilDone()) {
            try {
                remove(data);
            } catch (IOException left) {
                throw new UncheckedIOException("Left behind: " + data, left);
            }
        }
    }

    private static void remove(Path data) throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
