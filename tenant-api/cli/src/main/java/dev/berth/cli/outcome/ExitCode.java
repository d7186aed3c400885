package dev.berth.cli.outcome;

/** What a script learns from a command. The numbers are part of the contract and are listed in {@code berth --help}. */
public enum ExitCode {
    OK(0, "done, or nothing had to be done"),
    FAILED(1, "refused, or failed for another reason"),
    USAGE(2, "the command line is wrong"),
    UNREACHABLE(3, "server or network unreachable, or too busy"),
    NOT_SIGNED_IN(4, "not signed in, or no longer"),
    NOT_FOUND(5, "not found, or forbidden"),
    DENIED(6, "the workload can never start as it is"),
    CONFLICT(7, "exists already, or was changed by somebody else"),
    TIMED_OUT(8, "--timeout is over; the workload goes on"),
    WORKLOAD_FAILED(9, "the workload that was waited for failed"),
    STOPPED(10, "somebody stopped or deleted the workload that was waited for");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }

    /** The code that says the same as the status of an HTTP answer. */
    public static ExitCode ofStatus(int status) {
        return switch (status) {
            case 401 -> NOT_SIGNED_IN;
            case 403, 404 -> NOT_FOUND;
            case 409, 412, 428 -> CONFLICT;
            case 429, 502, 503, 504 -> UNREACHABLE;
            default -> FAILED;
        };
    }
}
