package dev.berth.cli;

import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Clean;
import dev.berth.cli.show.Palette;
import java.io.PrintWriter;

/** Where a command writes: what was asked for to the one side, everything else to the other. */
record Screen(PrintWriter out, PrintWriter err, Palette palette) {
    /** A line of the answer; its texts must be clean. */
    void say(String line) {
        out.println(line);
    }

    /** Progress, warnings, hints. */
    void note(String line) {
        err.println(line);
        err.flush();
    }

    /** Whether somebody still reads the answer. */
    boolean flushed() {
        return !out.checkError();
    }

    /** What failed, what to do, how to report it. */
    void fail(Failure failure) {
        out.flush();
        err.println(palette.paint(Palette.Ink.RED, "Error:") + " " + Clean.line(failure.what()));
        failure.details().forEach(detail -> err.println("  - " + Clean.line(detail)));
        if (!failure.hint().isEmpty()) {
            err.println("  Hint: " + Clean.line(failure.hint()));
        }
        String reference = failure.reference().isEmpty() ? "" : Clean.line(failure.reference()) + "  ";
        err.println("  " + reference + "(exit " + failure.code().number() + ")");
        err.flush();
    }
}
