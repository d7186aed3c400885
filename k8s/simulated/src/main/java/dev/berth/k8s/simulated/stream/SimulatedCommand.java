package dev.berth.k8s.simulated.stream;

import dev.berth.k8s.client.PodCommand;
import dev.berth.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A handful of commands: {@code echo}, {@code cat}, {@code true}, {@code false}, {@code hostname}, {@code flood BYTES} and
 * {@code sh}, which takes those line by line, and {@code exit N}; {@code size} tells the terminal's size.
 */
final class SimulatedCommand extends Told {
    private static final int LINE_BYTES = 4 * 1024;
    private static final int FLOOD_BYTES = 16 * 1024;
    private static final int NOT_FOUND = 127;

    private final PodCommand command;
    private final String host;
    private final StringBuilder line = new StringBuilder();
    private String size = "0 0";

    SimulatedCommand(Vertx vertx, PodCommand command, String host) {
        super(vertx);
        this.command = command;
        this.host = host;
    }

    @Override
    void begin() {
        List<String> words = command.words();
        switch (words.get(0)) {
            case "cat" -> {
                if (!command.stdin()) {
                    end(new End.Completed(0));
                }
            }
            case "sh", "bash" -> shell(words);
            case "flood" -> flood(Long.parseLong(words.get(1)));
            case "echo", "true", "false", "hostname" -> end(new End.Completed(run(words)));
            default ->
                end(new End.Failed(new Refusal.Conflict(
                        "The command could not run: exec: \"" + words.get(0) + "\": executable file not found in $PATH",
                        "Check container and command.")));
        }
    }

    private void shell(List<String> words) {
        if (words.size() == 3 && words.get(1).equals("-c")) {
            int code = 0;
            for (String each : words.get(2).split(";")) {
                List<String> parts = List.of(each.strip().split("\\s+"));
                if (parts.get(0).equals("exit")) {
                    code = exitCode(parts);
                    break;
                }
                code = run(parts);
            }
            end(new End.Completed(code));
        } else if (command.tty()) {
            say("$ ");
        }
    }

    private static int exitCode(List<String> words) {
        return words.size() > 1 ? Integer.parseInt(words.get(1)) : 0;
    }

    /** Runs one command that needs no input; tells its exit code. */
    private int run(List<String> words) {
        return switch (words.get(0)) {
            case "echo" -> {
                say(String.join(" ", words.subList(1, words.size())) + newline());
                yield 0;
            }
            case "hostname" -> {
                say(host + newline());
                yield 0;
            }
            case "size" -> {
                say(size + newline());
                yield 0;
            }
            case "true" -> 0;
            case "false" -> 1;
            default -> {
                String text = "sh: " + words.get(0) + ": not found" + newline();
                tell(command.tty() ? Channel.MAIN : Channel.ERROR, Buffer.buffer(text));
                yield NOT_FOUND;
            }
        };
    }

    private void flood(long bytes) {
        if (bytes <= 0) {
            end(new End.Completed(0));
            return;
        }
        byte[] piece = new byte[(int) Math.min(FLOOD_BYTES, bytes)];
        java.util.Arrays.fill(piece, (byte) 'y');
        tell(Channel.MAIN, Buffer.buffer(piece))
                .onSuccess(room -> context.runOnContext(turn -> flood(bytes - piece.length)));
    }

    private void say(String text) {
        tell(Channel.MAIN, Buffer.buffer(text));
    }

    private String newline() {
        return command.tty() ? "\r\n" : "\n";
    }

    @Override
    public Future<Void> write(Buffer bytes) {
        if (over()) {
            return Future.succeededFuture();
        }
        if (command.words().get(0).equals("cat")) {
            return tell(Channel.MAIN, bytes);
        }
        for (char each : bytes.toString(StandardCharsets.UTF_8).toCharArray()) {
            typed(each);
        }
        return Future.succeededFuture();
    }

    private void typed(char each) {
        if (command.tty()) {
            say(each == '\r' || each == '\n' ? newline() : String.valueOf(each));
        }
        if (each != '\r' && each != '\n') {
            if (line.length() < LINE_BYTES) {
                line.append(each);
            }
            return;
        }
        String typed = line.toString().strip();
        line.setLength(0);
        List<String> words = List.of(typed.split("\\s+"));
        if (words.get(0).equals("exit")) {
            end(new End.Completed(exitCode(words)));
            return;
        }
        if (!typed.isEmpty()) {
            run(words);
        }
        if (command.tty()) {
            say("$ ");
        }
    }

    @Override
    public void resize(int columns, int rows) {
        size = rows + " " + columns;
    }

    @Override
    public void finish() {
        end(new End.Completed(0));
    }
}
