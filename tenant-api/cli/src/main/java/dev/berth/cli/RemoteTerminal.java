package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Duplex;
import dev.berth.cli.wire.Query;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Joins this terminal with a command in a pod, and puts it back as it was. */
final class RemoteTerminal {
    private static final int INPUT_BYTES = 8 * 1024;

    private final Session session;
    private final boolean tty;
    private final boolean stdin;

    RemoteTerminal(Session session, boolean tty, boolean stdin) {
        this.session = session;
        this.tty = tty;
        this.stdin = stdin;
    }

    /** Runs until the remote command ends; returns its exit code. */
    int run(String path, Query query, List<String> words) {
        Query flags = query.with("tty", tty ? "true" : "").with("stdin", stdin ? "true" : "");
        int[] size = tty ? size() : new int[0];
        if (size.length == 2) {
            flags = flags.with("rows", Integer.toString(size[0])).with("columns", Integer.toString(size[1]));
        }
        StringBuilder text = new StringBuilder(flags.text());
        words.forEach(word ->
                text.append(text.length() == 0 ? '?' : '&').append("command=").append(Query.encode(word)));
        String before = tty && stdin ? stty("-g") : "";
        try (Duplex duplex = session.api().duplex(path, text.toString(), this::print)) {
            if (!before.isEmpty()) {
                stty("raw", "-echo");
            }
            if (stdin) {
                type(duplex);
            }
            Duplex.Ending ending = duplex.await();
            if (!ending.complete()) {
                throw Failure.of(
                        ExitCode.UNREACHABLE,
                        dev.berth.cli.show.Clean.line(
                                ending.text().isEmpty() ? "The stream ended: " + ending.reason() : ending.text()));
            }
            return ending.exitCode();
        } finally {
            if (!before.isEmpty()) {
                stty(before);
            }
        }
    }

    private void print(boolean error, byte[] bytes) throws IOException {
        PrintStream raw = session.terminal().raw(error);
        raw.write(bytes);
        raw.flush();
        if (raw.checkError()) {
            throw new IOException("closed");
        }
    }

    /** Reads the keyboard on a thread of its own, which ends with the process: a read of it cannot be broken off. */
    private void type(Duplex duplex) {
        InputStream in = session.terminal().in();
        Thread typing = new Thread(() -> {
            byte[] bytes = new byte[INPUT_BYTES];
            try {
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    duplex.send(bytes, read);
                }
                duplex.endInput();
            } catch (IOException closed) {
                duplex.endInput();
            }
        });
        typing.setDaemon(true);
        typing.start();
    }

    /** Rows and columns; none where there is no terminal. */
    private static int[] size() {
        String[] parts = stty("size").split(" ", 3);
        try {
            int[] size = {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
            return size[0] > 0 && size[1] > 0 ? size : new int[0];
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException none) {
            return new int[0];
        }
    }

    /** What stty says of this terminal; empty where there is none. */
    private static String stty(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0 ? said.strip() : "";
        } catch (IOException noTerminal) {
            return "";
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
