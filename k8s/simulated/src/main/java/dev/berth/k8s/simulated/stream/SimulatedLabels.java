package dev.berth.k8s.simulated.stream;

/** Annotations that say what streams of a simulated pod carry. */
public final class SimulatedLabels {
    /** Lines that the container writes in all; absent: one for as long as it runs. */
    public static final String LOG_LINES = "simulated.berth.dev/log-lines";
    /** Milliseconds between two lines, 0 for all at once; absent: 1,000. */
    public static final String LOG_INTERVAL_MILLIS = "simulated.berth.dev/log-interval-millis";
    /** Bytes of a line with its end, filled up with dots; absent: as long as it is. */
    public static final String LOG_LINE_BYTES = "simulated.berth.dev/log-line-bytes";
    /** Comma-separated ports that answer, by sending back what they get; absent: 8080. */
    public static final String PORTS = "simulated.berth.dev/ports";

    private SimulatedLabels() {}
}
