package dev.berth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One process of a test, with its output in a file. */
final class RunningCommand implements AutoCloseable {
    private static final int READY_CHECKS = 600;
    private static final long BETWEEN_CHECKS_MILLIS = 100;
    private static final long STOP_SECONDS = 10;
    private static final int SHOWN_LINES = 20;

    private final String name;
    private final Path log;
    private final Process process;

    RunningCommand(Path folder, List<String> command) {
        name = Path.of(command.get(0)).getFileName().toString();
        log = folder.resolve(name + ".log");
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until it is ready; fails at once where it ended instead. */
    void awaitReady(BooleanSupplier ready) {
        for (int check = 0; check < READY_CHECKS; check++) {
            if (ready.getAsBoolean()) {
                return;
            }
            if (ended(BETWEEN_CHECKS_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        name + " ended with " + process.exitValue() + " while starting:\n" + lastLines());
            }
        }
        close();
        throw new IllegalStateException(name + " was not ready in time:\n" + lastLines());
    }

    @Override
    public void close() {
        process.destroy();
        if (!ended(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            ended(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private boolean ended(long time, TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, stop);
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(" + log + " cannot be read)";
        }
    }
}
