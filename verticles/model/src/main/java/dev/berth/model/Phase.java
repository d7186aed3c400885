package dev.berth.model;

/** Where a workload is in its life: the same words in API, CRD, CLI and console. */
public enum Phase {
    QUEUED("Queued"),
    STARTING("Starting"),
    RUNNING("Running"),
    SUSPENDED("Suspended"),
    PREEMPTED("Preempted"),
    STOPPING("Stopping"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    UNKNOWN("Unknown");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** The word that users read and write. */
    public String word() {
        return word;
    }

    /** Whether nothing will happen any more. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED;
    }

    /** Final phases stay; everything else may follow on everything else, as clusters report what they see. */
    public boolean canBecome(Phase next) {
        return !isFinal() || this == next;
    }

    /** Reads the word, or throws with the list of words. */
    public static Phase of(String word) {
        for (Phase phase : values()) {
            if (phase.word.equals(word)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("Expected one of Queued, Starting, Running, Suspended, Preempted, Stopping,"
                + " Succeeded, Failed, Unknown, but got \"" + word + "\".");
    }
}
