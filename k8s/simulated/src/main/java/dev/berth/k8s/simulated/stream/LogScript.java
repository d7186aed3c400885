package dev.berth.k8s.simulated.stream;

import dev.berth.k8s.client.LogOptions;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** What a pod's container writes and when: line n at start + n intervals, always the same. */
record LogScript(long startMillis, long endMillis, long lines, long intervalMillis, int lineBytes) {
    private static final long STANDARD_INTERVAL = 1_000;
    private static final int MOST_LINE_BYTES = 16 * 1024;
    private static final int LOSS_STEPS = 200;

    /** The script of a pod that has started. */
    static LogScript of(Pod pod) {
        Map<String, String> notes = pod.getMetadata().getAnnotations() == null
                ? Map.of()
                : pod.getMetadata().getAnnotations();
        long start = Instant.parse(pod.getStatus().getStartTime()).toEpochMilli();
        return new LogScript(
                start,
                end(pod),
                number(notes, SimulatedLabels.LOG_LINES, Long.MAX_VALUE),
                number(notes, SimulatedLabels.LOG_INTERVAL_MILLIS, STANDARD_INTERVAL),
                (int) Math.min(MOST_LINE_BYTES, number(notes, SimulatedLabels.LOG_LINE_BYTES, 0)));
    }

    private static long end(Pod pod) {
        if (pod.getStatus().getContainerStatuses() == null
                || pod.getStatus().getContainerStatuses().isEmpty()) {
            return Long.MAX_VALUE;
        }
        ContainerState state = pod.getStatus().getContainerStatuses().get(0).getState();
        return state == null || state.getTerminated() == null
                ? Long.MAX_VALUE
                : Instant.parse(state.getTerminated().getFinishedAt()).toEpochMilli();
    }

    private static long number(Map<String, String> notes, String key, long absent) {
        try {
            return Math.max(0, Long.parseLong(notes.getOrDefault(key, "")));
        } catch (NumberFormatException none) {
            return absent;
        }
    }

    /** Lines that are written by then. */
    long written(long nowMillis) {
        long until = Math.min(nowMillis, endMillis);
        if (until < startMillis) {
            return 0;
        }
        if (intervalMillis == 0) {
            return lines == Long.MAX_VALUE ? 1 : lines;
        }
        return Math.min(lines, (until - startMillis) / intervalMillis + 1);
    }

    /** The first line that the options ask for. */
    long first(LogOptions options, long nowMillis) {
        long since = options.sinceTime().isEmpty()
                ? nowMillis - options.sinceSeconds().orElse(0) * 1_000L
                : Instant.parse(options.sinceTime()).toEpochMilli();
        boolean asked = !options.sinceTime().isEmpty() || options.sinceSeconds().isPresent();
        long first = asked && intervalMillis > 0 && since > startMillis
                ? (since - startMillis + intervalMillis - 1) / intervalMillis
                : 0;
        return options.tailLines().isEmpty()
                ? first
                : Math.max(first, written(nowMillis) - options.tailLines().getAsInt());
    }

    /** Appends line n; returns its bytes. */
    byte[] line(long n, boolean timestamps) {
        StringBuilder line = new StringBuilder(80);
        if (timestamps) {
            line.append(Instant.ofEpochMilli(startMillis + n * intervalMillis)).append(' ');
        }
        line.append(String.format(
                Locale.ROOT, "step %d loss %.4f", n + 1, 2.0 / (1 + n % LOSS_STEPS) + (n * 7919 % 100) / 1e4));
        for (int length = line.length(); length < lineBytes - 1; length++) {
            line.append('.');
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
