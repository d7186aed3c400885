package dev.berth.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process around a command.
 *
 * @param person who can be asked; null when nobody sits there
 */
public record Terminal(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        Map<String, String> environment,
        @Nullable Person person,
        Clock clock,
        Raw raw) {

    /** Somebody at a keyboard. */
    public interface Person {
        /** Asks, and shows what is typed. */
        String ask(String question);

        /** Asks without showing what is typed. */
        String askSecret(String question);

        /** Columns of the screen; 0 when that cannot be found out. */
        int width();
    }

    /** Time, and waiting for it. */
    public interface Clock extends InstantSource {
        void pause(long millis);
    }

    /** This process. */
    static Terminal ofProcess() {
        Console console = System.console();
        return new Terminal(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, false, StandardCharsets.UTF_8),
                System.in,
                System.getenv(),
                console == null || !Keyboard.attached(console) ? null : new Keyboard(console),
                new WallClock(),
                Raw.PROCESS);
    }

    /** Where bytes go that are no text of ours: what a command in a pod writes. */
    PrintStream raw(boolean error) {
        return error ? raw.err() : raw.out();
    }

    /** Output below the writers. */
    public record Raw(PrintStream out, PrintStream err) {
        static final Raw PROCESS = new Raw(System.out, System.err);
    }

    String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
