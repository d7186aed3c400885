package dev.berth.scheduler.packing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The production trace, where it is at hand: {@code -Dberth.traces=DIR}, else beside the project. */
final class Openb {
    private Openb() {}

    /** Skips the test where there is no trace. */
    static TraceFolder folder() {
        String given = System.getProperty("berth.traces", "");
        Path traces = given.isEmpty()
                ? Path.of(System.getProperty("berth.root", "../.."), "../shared/traces")
                : Path.of(given);
        Path folder = traces.resolve("openb").normalize();
        assumeTrue(Files.isDirectory(folder), "needs the openb trace in " + folder + "; say -Dberth.traces=DIR");
        return new TraceFolder(folder);
    }
}
