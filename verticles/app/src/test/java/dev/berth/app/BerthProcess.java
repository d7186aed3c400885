package dev.berth.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code java -jar berth.jar}, as a person runs it, with its output in a file. */
final class BerthProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "berth.jar").toAbsolutePath();
    private static final long LOOK_MILLIS = 100;
    private static final int SHOWN = 3_000;

    private final Path log;
    private final Process process;

    private BerthProcess(Path log, Process process) {
        this.log = log;
        this.process = process;
        // A test run that is broken off must not leave servers behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts it; everything it says goes to {@code NAME.log} in the folder. */
    static BerthProcess start(Path folder, String name, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1500m", "-jar"));
        command.add(JAR.toString());
        command.addAll(List.of(arguments));
        return run(folder, name, command);
    }

    /** Runs another program the same way. */
    static BerthProcess run(Path folder, String name, List<String> command) {
        Path log = folder.resolve(name + ".log");
        try {
            return new BerthProcess(
                    log,
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for words in its output and gives them. */
    Matcher says(String words, int seconds) {
        Pattern pattern = Pattern.compile(words);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            Matcher found = pattern.matcher(output());
            if (found.find()) {
                return found;
            }
            if (System.nanoTime() > end || ended(LOOK_MILLIS)) {
                throw new AssertionError(
                        "Expected \"" + words + "\" within " + seconds + " s, but it said:\n" + tail());
            }
        }
    }

    /** Waits for its end and gives the exit code. */
    int exit(int seconds) {
        if (!ended(TimeUnit.SECONDS.toMillis(seconds))) {
            process.destroyForcibly();
            throw new AssertionError("Expected it to end within " + seconds + " s, but it said:\n" + tail());
        }
        return process.exitValue();
    }

    /** As Ctrl-C does. */
    void interrupt(int seconds) {
        process.destroy();
        exit(seconds);
    }

    /** As a power cut does. */
    void kill() {
        process.destroyForcibly();
        ended(TimeUnit.SECONDS.toMillis(10));
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() {
        String all = output();
        return all.substring(Math.max(0, all.length() - SHOWN));
    }

    private boolean ended(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!ended(TimeUnit.SECONDS.toMillis(30))) {
            kill();
        }
    }
}
