package dev.berth.k8s.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a command that ran to its end said. */
record Command(int exit, String out, String err) {
    private static final int SECONDS = 60;

    static Command run(List<String> command) {
        try {
            Path out = Files.createTempFile("berth-chart", ".out");
            Path err = Files.createTempFile("berth-chart", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("Not done in " + SECONDS + " s: " + String.join(" ", command));
                }
                return new Command(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    /** What it wrote; fails where it failed. */
    String output() {
        if (exit != 0) {
            throw new AssertionError("It ended with " + exit + ": " + err);
        }
        return out;
    }
}
