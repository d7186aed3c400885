package dev.berth.cli.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Ends a command: what went wrong, what to do next, and what to quote in a report. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final transient List<String> details;
    private final String hint;
    private final String reference;
    private final int status;

    private record Quote(int status, String reference) {}

    private Failure(ExitCode code, String what, List<String> details, String hint, Quote quote) {
        super(what);
        this.code = code;
        this.details = List.copyOf(details);
        this.hint = hint;
        this.reference = quote.reference();
        this.status = quote.status();
    }

    public static Failure of(ExitCode code, String what) {
        return new Failure(code, what, List.of(), "", new Quote(0, ""));
    }

    /** A mistake on the command line. */
    public static Failure usage(String what) {
        return of(ExitCode.USAGE, what);
    }

    public Failure hint(String next) {
        return new Failure(code, what(), details, next, new Quote(status, reference));
    }

    /** Adds one of several things that are wrong. */
    public Failure detail(String more) {
        List<String> all = new ArrayList<>(details);
        all.add(more);
        return new Failure(code, what(), all, hint, new Quote(status, reference));
    }

    /** Says where the mistakes stand; {@code place} finds the place of a field. */
    public Failure within(String where, UnaryOperator<String> place) {
        List<String> placed = new ArrayList<>();
        for (String detail : details) {
            int colon = detail.indexOf(": ");
            String pointer = colon < 0 ? "" : "/" + detail.substring(0, colon).replace('.', '/');
            placed.add(place.apply(pointer) + " " + detail);
        }
        return new Failure(code, where + ": " + what(), placed, hint, new Quote(status, reference));
    }

    /** The status of the HTTP answer that said so, and what to quote when asking about it. */
    public Failure answered(int httpStatus, String quoted) {
        return new Failure(code, what(), details, hint, new Quote(httpStatus, quoted));
    }

    public ExitCode code() {
        return code;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public List<String> details() {
        return details;
    }

    public String hint() {
        return hint;
    }

    public String reference() {
        return reference;
    }

    /** 0: no answer said so. */
    public int status() {
        return status;
    }
}
