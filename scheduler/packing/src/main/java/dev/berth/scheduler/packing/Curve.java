package dev.berth.scheduler.packing;

import java.util.Arrays;
import java.util.List;

/** Allocation and fragmentation at each per cent of load from 0 to 130: NaN where no arrival came near. Shares, 0 to 1. */
public record Curve(double[] allocation, double[] fragmentation) {
    public static final int POINTS = 131;

    /** The published curves: samples rounded to a hundredth of a per cent, averaged over the arrivals at that load. */
    public static Curve of(Run run) {
        double[] allocated = new double[run.used().length];
        Arrays.setAll(allocated, i -> run.used()[i]);
        return new Curve(points(run, allocated), points(run, run.fragmented()));
    }

    /** Point by point the mean of the curves. */
    public static Curve mean(List<Curve> curves) {
        double[] allocation = new double[POINTS];
        double[] fragmentation = new double[POINTS];
        for (int k = 0; k < POINTS; k++) {
            int load = k;
            allocation[k] = curves.stream()
                    .mapToDouble(curve -> curve.allocation[load])
                    .average()
                    .orElse(Double.NaN);
            fragmentation[k] = curves.stream()
                    .mapToDouble(curve -> curve.fragmentation[load])
                    .average()
                    .orElse(Double.NaN);
        }
        return new Curve(allocation, fragmentation);
    }

    private static double[] points(Run run, double[] milli) {
        double[] sums = new double[POINTS];
        int[] counts = new int[POINTS];
        double perCent = run.capacityMilli() / 100.0;
        for (int i = 0; i < milli.length; i++) {
            int load = (int) Math.rint(run.arrived()[i] / perCent);
            if (load < POINTS) {
                sums[load] += Math.rint(milli[i] / perCent * 100) / 100;
                counts[load]++;
            }
        }
        double[] points = new double[POINTS];
        for (int k = 0; k < POINTS; k++) {
            int reach = counts[k] > 0 ? 0 : 1;
            double sum = 0;
            int count = 0;
            for (int near = Math.max(0, k - reach); near <= Math.min(POINTS - 1, k + reach); near++) {
                sum += sums[near];
                count += counts[near];
            }
            points[k] = count == 0 ? Double.NaN : sum / count / 100;
        }
        return points;
    }
}
