package dev.berth.demo;

import dev.berth.demo.trace.Arrivals.Arrival;
import dev.berth.demo.trace.Trace;
import java.util.List;

/**
 * A simulated cluster of the demo and what comes to it.
 *
 * @param cluster its name, everywhere
 * @param trace its nodes, and where its pods come from
 * @param arrivals one pass of arrivals, in order
 * @param everyMillis after this a further pass begins; 0: there is one pass only
 */
record Site(String cluster, Trace trace, List<Arrival> arrivals, long everyMillis) {
    Site {
        arrivals = List.copyOf(arrivals);
    }

    boolean endless() {
        return everyMillis > 0;
    }
}
