package dev.berth.demo;

import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;

/** Where the simulated clusters sleep between two runs: a file for each, as etcd's data would be. */
final class ClusterFiles {
    private final Path directory;
    private final InstantSource clock;

    ClusterFiles(Path data, InstantSource clock) {
        this.directory = data.resolve("clusters");
        this.clock = clock;
    }

    long wallMillis() {
        return clock.millis();
    }

    /** Simulated time goes on where it stopped, or now. */
    long startMillis() {
        Path file = directory.resolve("clock");
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : clock.millis();
        } catch (IOException | NumberFormatException damaged) {
            throw unreadable(file);
        }
    }

    /** Distinguishes the names of this run from those of the runs before, and counts it; empty in the first. */
    String run() {
        Path file = directory.resolve("runs");
        try {
            Files.createDirectories(directory);
            int before =
                    Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
            Files.writeString(file, Integer.toString(before + 1));
            return before == 0 ? "" : "-r" + (before + 1);
        } catch (IOException | NumberFormatException damaged) {
            throw unreadable(file);
        }
    }

    /** Whether a cluster of that name slept here, with the key by which the control plane knows it. */
    boolean knows(String cluster) {
        return Files.exists(file(cluster));
    }

    /** Brings back what was there when the demo stopped; false when there is nothing. */
    boolean restore(SimulatedCluster cluster) {
        Path file = file(cluster.name());
        if (!knows(cluster.name())) {
            return false;
        }
        try {
            cluster.restore(file);
            return true;
        } catch (IOException damaged) {
            throw unreadable(file);
        }
    }

    /** Writes beside and renames, so that a stop in the middle leaves the older one. */
    void save(SimulatedCluster cluster) throws IOException {
        Files.createDirectories(directory);
        Path file = file(cluster.name());
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        cluster.save(beside);
        replace(beside, file);
        Path clockBeside = directory.resolve("clock.new");
        Files.writeString(clockBeside, Long.toString(cluster.clock().nowMillis()));
        replace(clockBeside, directory.resolve("clock"));
    }

    private static void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String cluster) {
        return directory.resolve(cluster + ".json.gz");
    }

    private static StartRefused unreadable(Path file) {
        return new StartRefused(
                List.of("Cannot read " + file + ". Start with --reset to begin anew; that removes the demo's data."));
    }
}
