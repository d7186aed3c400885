package dev.berth.loadtest;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;

/**
 * What came of it.
 *
 * @param sent reports that were due, each a new state of a workload
 * @param acknowledged reports whose state, or a newer one of the same workload, the gateway acknowledged as committed
 * @param lost reports that were not acknowledged in the end, or were and are not in the store
 * @param reconnects sessions beyond the first of each agent
 * @param seconds of load
 * @param acknowledgedPerSecond over the time from the first report to the last acknowledgement
 * @param latencyMillis from the time that a report was due to its acknowledgement
 * @param reconnectMillis from the end of a tunnel to the next session
 * @param connectSeconds until all agents had a session
 * @param heapMiB of this process with all tunnels open, after garbage collection; holds the agents too, and the gateway where
 *     it runs here
 */
@JsonPropertyOrder({
    "agents",
    "ratePerSecond",
    "seconds",
    "sent",
    "acknowledged",
    "lost",
    "reconnects",
    "acknowledgedPerSecond",
    "latencyMillis",
    "reconnectMillis",
    "connectSeconds",
    "heapMiB",
    "gateway",
    "machine"
})
record AgentsReport(
        int agents,
        int ratePerSecond,
        int seconds,
        long sent,
        long acknowledged,
        long lost,
        long reconnects,
        double acknowledgedPerSecond,
        Percentiles latencyMillis,
        Percentiles reconnectMillis,
        double connectSeconds,
        long heapMiB,
        String gateway,
        Machine machine) {

    String sentence() {
        return String.format(
                Locale.ROOT,
                "%d agents, %d reports/s for %d s: %d acknowledged, %d lost, %d reconnects, p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                agents,
                ratePerSecond,
                seconds,
                acknowledged,
                lost,
                reconnects,
                latencyMillis.p50(),
                latencyMillis.p99(),
                latencyMillis.max());
    }
}
