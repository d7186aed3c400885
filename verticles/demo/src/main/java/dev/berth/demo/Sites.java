package dev.berth.demo;

import dev.berth.demo.trace.Arrivals;
import dev.berth.demo.trace.Arrivals.Arrival;
import dev.berth.demo.trace.Generator;
import dev.berth.demo.trace.Trace;
import dev.berth.demo.trace.TracePod;
import dev.berth.demo.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;

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
        Trace openb = directory == null ? generator.openb(GENERATED_PODS) : TraceReader.read(directory, options.pods());
        Trace borealis = generator.borealis(BOREALIS_PODS);
        return List.of(
                filling(openb, options.load(), options.untilDone()),
                options.untilDone() ? new Site(BOREALIS, borealis, List.of(), 0) : steady(borealis));
    }

    /** Arrivals compressed until the cluster is filled to the load; after that, where there is no end, as many as end. */
    private static Site filling(Trace trace, double load, boolean once) {
        long peakMilli = (long) (load * trace.gpus() * 1000);
        List<Arrival> arrivals = Arrivals.compress(trace.pods(), peakMilli);
        long last = arrivals.get(arrivals.size() - 1).atMillis();
        return new Site(OPENB, trace, arrivals, once ? 0 : Math.max(last + 1, steadyMillis(trace.pods(), peakMilli)));
    }

    /** As many arrivals as keep the load, from the beginning. */
    private static Site steady(Trace trace) {
        long passMillis = steadyMillis(trace.pods(), (long) (BOREALIS_LOAD * trace.gpus() * 1000));
        return new Site(BOREALIS, trace, Arrivals.within(trace.pods(), passMillis), passMillis);
    }

    /** How long a pass must take so that passes without end keep the load. */
    private static long steadyMillis(List<TracePod> pods, long loadMilli) {
        double milliMillis = 0;
        for (TracePod pod : pods) {
            milliMillis += (double) pod.demandMilli() * pod.runMillis();
        }
        return Math.max(1, (long) (milliMillis / loadMilli));
    }
}
