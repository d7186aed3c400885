package dev.berth.app;

import dev.berth.cli.BerthCommand;
import dev.berth.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** What {@code berth} said and with which code it ended. */
record CommandLineRun(int code, String out, String err) {
    static CommandLineRun of(StreamsWorld world, String input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Map.of("BERTH_URL", world.base(), "BERTH_TOKEN", world.token),
                null,
                new Unhurried(),
                new Terminal.Raw(new PrintStream(out), new PrintStream(err)));
        int code = BerthCommand.run(terminal, arguments);
        return new CommandLineRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Streams never wait by the clock. */
    private static final class Unhurried implements Terminal.Clock {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public void pause(long millis) {
            throw new UnsupportedOperationException();
        }
    }
}
