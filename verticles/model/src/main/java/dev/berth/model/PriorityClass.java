package dev.berth.model;

import java.util.Locale;

/** The priority classes of the field (KAI, Run:ai): preemptible below 100 unless the workload says otherwise. */
public enum PriorityClass {
    TRAIN(50),
    INTERACTIVE_PREEMPTIBLE(75),
    BUILD(100),
    INFERENCE(125);

    private final int value;

    PriorityClass(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }

    public boolean preemptibleByDefault() {
        return value < 100;
    }

    /** The name in kebab-case, as users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the kebab-case name, or throws with the list of names. */
    public static PriorityClass of(String word) {
        for (PriorityClass priority : values()) {
            if (priority.word().equals(word)) {
                return priority;
            }
        }
        throw new IllegalArgumentException(
                "Expected one of train, interactive-preemptible, build, inference, but got \"" + word + "\".");
    }
}
