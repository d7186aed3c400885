package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Placement;
import dev.berth.scheduler.core.Pool;
import dev.berth.scheduler.core.Popularity;
import dev.berth.scheduler.core.Request;
import org.jspecify.annotations.Nullable;

/** The scorers of one pool, and when they have to be made anew. */
final class Scorers {
    private @Nullable Pool pool;
    private Popularity popularity = Popularity.NONE;
    private Scorer forGpus = new FreeScorer(Placement.SPREAD, Placement.SPREAD);
    private Scorer forCpus = forGpus;

    /** Takes up the pool's placement; true when what was scored before is void. */
    boolean use(Pool how, Popularity what) {
        boolean same = how.equals(pool);
        pool = how;
        if (!same) {
            popularity = what;
            make(how);
            return true;
        }
        return learn(what);
    }

    /** Takes up another distribution; true when what was scored before is void. */
    boolean learn(Popularity what) {
        Pool how = pool;
        if (popularity == what || how == null) {
            return false;
        }
        popularity = what;
        boolean matters = how.placement() == Placement.BINPACK || how.cpuPlacement() == Placement.BINPACK;
        if (matters) {
            make(how);
        }
        return matters;
    }

    private void make(Pool how) {
        Scorer packing = new FragmentationScorer(new Fragmentation(popularity));
        forGpus =
                how.placement() == Placement.BINPACK ? packing : new FreeScorer(how.placement(), how.devicePlacement());
        forCpus = how.cpuPlacement() == Placement.BINPACK
                ? packing
                : new FreeScorer(how.cpuPlacement(), how.devicePlacement());
    }

    Scorer of(Request request) {
        return request.asksForGpu() ? forGpus : forCpus;
    }
}
