package dev.berth.demo.host;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** Plain lines for the person who started the demo, each with the seconds since. */
public final class Terminal {
    private static final int PROGRESS_MILLIS = 2_000;

    private final PrintWriter out;
    private final long startNanos = System.nanoTime();

    public Terminal(PrintWriter out) {
        this.out = out;
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    public void done(String what) {
        line(String.format(Locale.ROOT, "  ✓ %5.1f s  %s", seconds(), what));
    }

    public void problem(String what) {
        line("  ✗ " + what);
    }

    /** Prints a line on how far it is each two seconds, until the returned action is called. */
    public Runnable every(Vertx vertx, Supplier<String> progress) {
        long timer = vertx.setPeriodic(
                PROGRESS_MILLIS,
                tick -> line(String.format(Locale.ROOT, "    %5.1f s  %s", seconds(), progress.get())));
        return () -> vertx.cancelTimer(timer);
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
