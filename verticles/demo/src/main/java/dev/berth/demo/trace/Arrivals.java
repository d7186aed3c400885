package dev.berth.demo.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Arrival times, compressed by one factor so that the peak of the demand for GPUs meets a load. Durations are kept, so the
 * peak grows with the factor, until all pods of all passes overlap.
 */
public final class Arrivals {
    /** Passes of the list at most, so that an absurd load ends. */
    static final int MAX_PASSES = 64;

    private static final double MAX_FACTOR = 1e9;
    private static final int HALVINGS = 60;

    /** A pod and when it arrives, from the start of the replay. */
    public record Arrival(TracePod pod, long atMillis) {}

    private Arrivals() {}

    /** Arrivals in order, with the smallest compression whose peak of demand is at least {@code peakMilli}. */
    public static List<Arrival> compress(List<TracePod> pods, long peakMilli) {
        int passes = 1;
        while (passes < MAX_PASSES && peak(at(pods, passes, MAX_FACTOR)) < peakMilli) {
            passes++;
        }
        double low = 1;
        double high = MAX_FACTOR;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(low * high);
            if (peak(at(pods, passes, middle)) >= peakMilli) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return at(pods, passes, high);
    }

    /** Arrivals in order, one pass of which takes that long. */
    public static List<Arrival> within(List<TracePod> pods, long passMillis) {
        long first = pods.stream().mapToLong(TracePod::createdMillis).min().orElse(0);
        long last = pods.stream().mapToLong(TracePod::createdMillis).max().orElse(0);
        return at(pods, 1, Math.max(1, last - first) / (double) passMillis);
    }

    /** The largest demand in GPU milli, if every pod started the moment it arrived. */
    public static long peak(List<Arrival> arrivals) {
        record Step(long atMillis, long milli) {}
        List<Step> steps = new ArrayList<>(arrivals.size() * 2);
        for (Arrival arrival : arrivals) {
            long demand = arrival.pod().demandMilli();
            steps.add(new Step(arrival.atMillis(), demand));
            steps.add(new Step(arrival.atMillis() + arrival.pod().runMillis(), -demand));
        }
        steps.sort(Comparator.comparingLong(Step::atMillis).thenComparingLong(Step::milli));
        long now = 0;
        long peak = 0;
        for (Step step : steps) {
            now += step.milli();
            peak = Math.max(peak, now);
        }
        return peak;
    }

    private static List<Arrival> at(List<TracePod> pods, int passes, double factor) {
        long first = pods.stream().mapToLong(TracePod::createdMillis).min().orElse(0);
        long last = pods.stream().mapToLong(TracePod::createdMillis).max().orElse(0);
        List<Arrival> arrivals = new ArrayList<>(pods.size() * passes);
        for (int pass = 0; pass < passes; pass++) {
            long offset = pass * (last - first);
            for (TracePod pod : pods) {
                long at = (long) ((pod.createdMillis() - first + offset) / factor);
                arrivals.add(new Arrival(pass == 0 ? pod : renamed(pod, pass), at));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atMillis));
        return arrivals;
    }

    private static TracePod renamed(TracePod pod, int pass) {
        return new TracePod(
                pod.name() + "-" + pass,
                pod.cpuMilli(),
                pod.memoryMib(),
                pod.gpus(),
                pod.gpuMilli(),
                pod.models(),
                pod.priority(),
                pod.workers(),
                pod.createdMillis(),
                pod.runMillis(),
                pod.failed());
    }
}
