package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Mig;
import dev.berth.scheduler.core.Request;
import java.util.BitSet;
import java.util.Map;

/** A class of equal requests during one cycle, with what was worked out about it. */
public final class Demand {
    private final Request request;
    private final long extendedMilli;
    final Scores scores;
    final Scorer scorer;

    /** Nodes that are known to suit, and nodes for which that was asked. */
    final BitSet suits = new BitSet();

    final BitSet asked = new BitSet();

    Demand(Request request, Scores scores, Scorer scorer, long claimedDevices) {
        this.request = request;
        this.scores = scores;
        this.scorer = scorer;
        long milli = claimedDevices * 1000;
        for (Map.Entry<String, Long> one : request.extended().entrySet()) {
            milli += one.getValue() * Mig.slices(one.getKey()) * 1000L;
        }
        this.extendedMilli = milli;
    }

    public Request request() {
        return request;
    }

    /** What parts of cut GPUs and claimed devices are charged, in thousandths of GPUs. */
    public long extendedMilli() {
        return extendedMilli;
    }

    /** Whether room for it only shrinks while places are given away: nothing that comes can make a node fit. */
    public boolean onlyShrinks() {
        return request.claims().isEmpty() && Predicates.isPlain(request);
    }

    /** Whether it asks for a part of each device rather than for whole ones. */
    public boolean isPart() {
        return request.gpu().match(whole -> false, fraction -> true, memory -> true);
    }
}
