package dev.berth.k8s.client;

import java.util.OptionalInt;

/**
 * What of a log is wanted.
 *
 * @param container empty: the pod's only one
 * @param follow go on with new lines until the container ends
 * @param tailLines from the end; empty: all
 * @param sinceSeconds back from now; empty: from the beginning
 * @param sinceTime RFC 3339, stronger than seconds; empty: from the beginning
 * @param previous of the container's life before this one
 * @param timestamps in front of each line, RFC 3339
 */
public record LogOptions(
        String container,
        boolean follow,
        OptionalInt tailLines,
        OptionalInt sinceSeconds,
        String sinceTime,
        boolean previous,
        boolean timestamps) {
    /** The whole log so far. */
    public static LogOptions all() {
        return new LogOptions("", false, OptionalInt.empty(), OptionalInt.empty(), "", false, false);
    }

    public LogOptions following() {
        return new LogOptions(container, true, tailLines, sinceSeconds, sinceTime, previous, timestamps);
    }
}
