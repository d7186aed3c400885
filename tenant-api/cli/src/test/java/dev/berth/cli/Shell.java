package dev.berth.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A user's shell: an environment, a folder for the configuration, and somebody at the keyboard or nobody. */
final class Shell {
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<String> answers = new ArrayDeque<>();
    final List<String> asked = new java.util.ArrayList<>();
    private String standardInput = "";
    private boolean person;
    private int width;

    /** What a command left behind. */
    record Ran(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    Shell(Path home) {
        environment.put("XDG_CONFIG_HOME", home.toAbsolutePath().toString());
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Shell typing(String... given) {
        person = true;
        answers.addAll(List.of(given));
        return this;
    }

    Shell wide(int columns) {
        person = true;
        width = columns;
        return this;
    }

    Shell piping(String text) {
        standardInput = text;
        return this;
    }

    Ran run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = BerthCommand.run(terminal(new PrintWriter(out), new PrintWriter(err)), arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    Terminal terminal(PrintWriter out, PrintWriter err) {
        return new Terminal(
                out,
                err,
                new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
                Map.copyOf(environment),
                person ? new Typist() : null,
                new Impatient(),
                new Terminal.Raw(bytesTo(out), bytesTo(err)));
    }

    private static PrintStream bytesTo(PrintWriter writer) {
        return new PrintStream(new OutputStream() {
            @Override
            public void write(int each) {
                writer.write(each);
            }
        });
    }

    private final class Typist implements Terminal.Person {
        @Override
        public String ask(String question) {
            asked.add(question);
            return answers.removeFirst();
        }

        @Override
        public String askSecret(String question) {
            asked.add("secret " + question);
            return answers.removeFirst();
        }

        @Override
        public int width() {
            return width;
        }
    }

    /** The wall's time; pauses are over at once. */
    private static final class Impatient implements Terminal.Clock {
        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public void pause(long millis) {}
    }
}
