package dev.berth.scheduler.core.predicate;

/** What keeps pods away from a node unless they tolerate it. */
public record Taint(String key, String value, Effect effect) {
    /** What it does to a pod that does not tolerate it. {@link #PREFER} keeps nobody away. */
    public enum Effect {
        KEEP_AWAY,
        DRIVE_OUT,
        PREFER
    }

    /** What a cordoned node is taken to carry. */
    static final Taint CORDONED = new Taint("node.kubernetes.io/unschedulable", "", Effect.KEEP_AWAY);

    boolean keepsAway() {
        return effect != Effect.PREFER;
    }

    @Override
    public String toString() {
        return value.isEmpty() ? key : key + "=" + value;
    }
}
