package dev.berth.schema;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the programs of PostgreSQL, which refuse to run as root. An ordinary user runs them as they are; root inside a user
 * namespace, where it is nobody; where namespaces are forbidden, as uid 65534.
 */
final class PostgresCommand {
    private static final int NOBODY = 65534;
    private static final int TIMEOUT_SECONDS = 120;

    private enum Manner {
        PLAIN(List.of()),
        NAMESPACE(List.of("unshare", "-U")),
        NOBODY_UID(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));

        private final List<String> prefix;

        Manner(List<String> prefix) {
            this.prefix = prefix;
        }
    }

    private final Path home;
    private final Manner manner;

    private PostgresCommand(Path home, Manner manner) {
        this.home = home;
        this.manner = manner;
    }

    static PostgresCommand in(Path home) throws IOException {
        return new PostgresCommand(home, chooseManner());
    }

    private static Manner chooseManner() throws IOException {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!uid.equals(0)) {
            return Manner.PLAIN;
        }
        for (Manner manner : List.of(Manner.NAMESPACE, Manner.NOBODY_UID)) {
            if (works(manner.prefix)) {
                return manner;
            }
        }
        throw new IOException(
                "Expected unshare or setpriv, because PostgreSQL does not run as root, but neither works here."
                        + " Start as an ordinary user, or give databaseUrl.");
    }

    private static boolean works(List<String> prefix) {
        var line = new ArrayList<>(prefix);
        line.add("true");
        try {
            return exec(line, Path.of("/dev/null")) == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Makes the directory usable for whom the programs run as. */
    void own(Path directory) throws IOException {
        if (manner == Manner.NOBODY_UID) {
            Files.setAttribute(directory, "unix:uid", NOBODY);
            Files.setAttribute(directory, "unix:gid", NOBODY);
        }
    }

    /** Runs the program to its end; a failure carries the end of what it said. */
    void run(Path output, String program, String... arguments) throws IOException {
        int code = exit(output, program, arguments);
        if (code != 0) {
            throw new IOException("Expected " + program + " to succeed, but it ended with " + code + ": " + tail(output)
                    + " (" + output + ")");
        }
    }

    int exit(Path output, String program, String... arguments) throws IOException {
        var line = new ArrayList<>(manner.prefix);
        line.add(home.resolve("bin").resolve(program).toString());
        line.addAll(List.of(arguments));
        return exec(line, output);
    }

    private static int exec(List<String> line, Path output) throws IOException {
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("Expected " + line + " to end within " + TIMEOUT_SECONDS + " s, but it did not.");
            }
            return process.exitValue();
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            throw new InterruptedIOException("Interrupted while waiting for " + line.get(0));
        }
    }

    private static String tail(Path output) throws IOException {
        if (!Files.isRegularFile(output)) {
            return "";
        }
        String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        return text.substring(Math.max(0, text.length() - 600));
    }
}
