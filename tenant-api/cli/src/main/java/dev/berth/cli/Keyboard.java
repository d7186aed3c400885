package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The person at this process's terminal. */
final class Keyboard implements Terminal.Person {
    private final Console console;

    Keyboard(Console console) {
        this.console = console;
    }

    /** From Java 22 on there is a console without a terminal too. */
    static boolean attached(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    @Override
    public String ask(String question) {
        return given(console.readLine("%s", question));
    }

    @Override
    public String askSecret(String question) {
        char[] typed = console.readPassword("%s", question);
        return given(typed == null ? null : new String(typed));
    }

    private static String given(@Nullable String line) {
        if (line == null) {
            throw Failure.of(ExitCode.USAGE, "The input ended before the answer.");
        }
        return line;
    }

    @Override
    public int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroy();
                return 0;
            }
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Integer.parseInt(size.strip().replaceFirst("^\\d+ ", ""));
        } catch (IOException | NumberFormatException noTerminal) {
            return 0;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
