package dev.berth.demo;

import dev.berth.demo.Arrivals.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.nio.file.Path;

/** The two clusters of the demo: {@code openb} of 1,213 nodes, and {@code borealis}, small enough to see each GPU. */
final class Sites {
    static final String OPENB = "openb";
    static final String BOREALIS = "borealis";
    private static final int GENERATED_PODS = 8_152;
    private static final int BOREALIS_PODS = 600;
    /** Somewhat more than there is, so that there is always somebody who waits and is told why. */
    private static final double BOREALIS_LOAD = 1.05;

    private Sites() {}

    static List<Site> of(DemoOptions options) {
        Generator generator = new Generator(options.seed());
        Path directory = options.trace();
        Trace openb = directory == null
                ? generator.openb(GENERATED_PODS)
                : TraceReader.read(directory, options.pods());
        Trace borealis = generator.borealis(BOREALIS_PODS);
        boolean once = options.untilDone();
        return List.of(
                site(OPENB, openb, options.load(), once), site(BOREALIS, once ? empty(borealis) : borealis, BOREALIS_LOAD, once));
    }

    private static Trace empty(Trace trace) {
        return new Trace(trace.title(), trace.nodes(), List.of());
    }

    private static Site site(String cluster, Trace trace, double load, boolean once) {
        if (trace.pods().isEmpty()) {
            return new Site(cluster, trace, List.of(), 0);
        }
        long peakMilli = (long) (load * trace.gpus() * 1000);
        List<Arrival> arrivals = Arrivals.compress(trace.pods(), peakMilli);
        return new Site(cluster, trace, arrivals, once ? 0 : steadyMillis(arrivals, peakMilli));
    }

    /** How long a pass must take so that passes without end keep the load. */
    private static long steadyMillis(List<Arrival> arrivals, long loadMilli) {
        double milliSeconds = 0;
        for (Arrival arrival : arrivals) {
            milliSeconds += (double) arrival.pod().demandMilli() * arrival.pod().runMillis();
        }
        long last = new ArrayList<>(arrivals).get(arrivals.size() - 1).atMillis();
        return Math.max(last + 1, (long) (milliSeconds / loadMilli));
    }
}
