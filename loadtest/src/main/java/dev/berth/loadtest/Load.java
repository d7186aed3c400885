package dev.berth.loadtest;

/**
 * What is asked of the control plane.
 *
 * @param ratePerSecond reports of all agents together
 * @param cutEveryMillis between two resets of all tunnels; 0: none
 */
record Load(int agents, int ratePerSecond, int seconds, int cutEveryMillis) {
    long reports() {
        return (long) ratePerSecond * seconds;
    }

    /** When this report is due, in nanoseconds after the first. */
    long dueNanos(long report) {
        return report * 1_000_000_000L / ratePerSecond;
    }
}
