package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Devices;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Room;

/** Scores single nodes for a class of requests. */
final class Scoring {
    /** More than any scorer tells apart. */
    private static final double SPARES_GPUS = 1e12;

    private Scoring() {}

    static double score(Demand demand, NodeState state, Site site) {
        Request request = demand.request();
        if (!state.node().takesPods() || !Fit.shapeFits(site.kind(), site.room(), request)) {
            return Scores.UNFIT;
        }
        boolean spares = demand.scorer.sparesGpus()
                && !request.asksForGpu()
                && !state.node().hasGpus();
        return choose(demand, site, new int[request.gpu().devices()]) + (spares ? SPARES_GPUS : 0);
    }

    static double choose(Demand demand, Site site, int[] devices) {
        Request request = demand.request();
        int milli = devices.length == 0 ? 0 : site.kind().milli(request.gpu());
        return demand.scorer.choose(site, new Scorer.Ask(request.cpuMilli(), milli, request.asksForGpu()), devices);
    }

    /** Whether devices that are shared already would take the part of each that is asked for. */
    static boolean shares(Demand demand, Kind kind, Room later) {
        if (!demand.scorer.sharesFirst() || !demand.isPart()) {
            return false;
        }
        int milli = kind.milli(demand.request().gpu());
        int count = 0;
        for (int free : later.milli) {
            count += free < Devices.WHOLE && free >= milli ? 1 : 0;
        }
        return count >= demand.request().gpu().devices();
    }
}
