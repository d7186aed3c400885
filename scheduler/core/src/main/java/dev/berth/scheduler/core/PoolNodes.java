package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one pool while a cycle gives them away; every step can be taken back.
 *
 * <p>Each change gives a node a new version, and taking it back gives it the old one again. Scores are kept by shape of
 * request and version, also across cycles, so that only what changed is scored anew.
 */
final class PoolNodes {
    private static final int MAX_SHAPES = 512;

    private NodeState[] base = new NodeState[0];
    private Kind[] kinds = new Kind[0];
    private Room[] now = new Room[0];
    private @Nullable Room[] later = new Room[0];
    private long[] version = new long[0];
    private long versions;
    private int leaving;
    private Placement placement = Placement.BINPACK;
    private Popularity popularity = Popularity.NONE;
    private Scorer scorer = new SpreadScorer();
    private final List<Move> moves = new ArrayList<>();
    private final Map<Request, Scores> scores = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, Scores> eldest) {
            return size() > MAX_SHAPES;
        }
    };

    /** A place for one task; {@code later} when others have to leave first. */
    record Chosen(int node, int[] devices, int milliPerDevice, boolean later) {}

    private record Move(Request request, Chosen chosen, long versionBefore) {}

    /** Starts a cycle. What was given away in the last one is forgotten. */
    void begin(List<NodeState> states, Placement how, Popularity what) {
        rollback(0);
        if (placement != how || base.length == 0) {
            placement = how;
            popularity = Popularity.NONE;
            scorer = how == Placement.SPREAD ? new SpreadScorer() : scorerFor(popularity);
            scores.clear();
        }
        learn(what);
        if (!sameNames(states)) {
            reset(states.size());
        }
        leaving = 0;
        for (int i = 0; i < base.length; i++) {
            NodeState state = states.get(i);
            if (base[i] != state) {
                base[i] = state;
                kinds[i] = Kind.of(state.node());
                now[i] = state.free();
                later[i] = state.leaves() ? state.free().plus(state.releasing()) : null;
                version[i] = ++versions;
            }
            leaving += later[i] == null ? 0 : 1;
        }
    }

    /** Packs for another distribution of what arrives from now on. */
    void learn(Popularity what) {
        if (popularity != what) {
            popularity = what;
            if (placement == Placement.BINPACK) {
                scorer = scorerFor(what);
                scores.clear();
            }
        }
    }

    private static Scorer scorerFor(Popularity what) {
        return new FragmentationScorer(new Fragmentation(what));
    }

    private boolean sameNames(List<NodeState> states) {
        if (states.size() != base.length) {
            return false;
        }
        for (int i = 0; i < base.length; i++) {
            if (base[i] != states.get(i)
                    && !base[i].node().name().equals(states.get(i).node().name())) {
                return false;
            }
        }
        return true;
    }

    private void reset(int count) {
        base = new NodeState[count];
        kinds = new Kind[count];
        now = new Room[count];
        later = new Room[count];
        version = new long[count];
        scores.clear();
    }

    int size() {
        return base.length;
    }

    NodeState base(int node) {
        return base[node];
    }

    Kind kind(int node) {
        return kinds[node];
    }

    /** What is free on the node at this moment of the cycle. */
    Room room(int node) {
        Room after = later[node];
        return after == null ? now[node] : now[node].least(after);
    }

    /** How much a look over all nodes costs. */
    int steps() {
        return base.length + leaving;
    }

    int mark() {
        return moves.size();
    }

    /** The best node for the request, now or, if there is none, when others have left; null when there is none either. */
    @Nullable
    Chosen find(Request request) {
        Scores kept = scores.computeIfAbsent(shape(request), shape -> new Scores(base.length));
        int best = -1;
        double bestScore = Scores.UNFIT;
        for (int i = 0; i < base.length; i++) {
            if (kept.version[i] != version[i]) {
                kept.score[i] = score(request, i, room(i), new int[request.gpu().devices()]);
                kept.version[i] = version[i];
            }
            if (kept.score[i] > bestScore && takes(i, request)) {
                best = i;
                bestScore = kept.score[i];
            }
        }
        return best < 0 ? findLater(request) : choose(request, best, room(best), false);
    }

    private @Nullable Chosen findLater(Request request) {
        int best = -1;
        double bestScore = Scores.UNFIT;
        for (int i = 0; leaving > 0 && i < base.length; i++) {
            Room after = later[i];
            if (after == null || !base[i].node().takesPods() || !Fit.restFits(base[i].node(), after, request)) {
                continue;
            }
            double score = score(request, i, after, new int[request.gpu().devices()]);
            if (score > bestScore) {
                best = i;
                bestScore = score;
            }
        }
        Room after = best < 0 ? null : later[best];
        return after == null ? null : choose(request, best, after, true);
    }

    private Chosen choose(Request request, int node, Room room, boolean whenOthersLeft) {
        int[] devices = new int[request.gpu().devices()];
        score(request, node, room, devices);
        Arrays.sort(devices);
        return new Chosen(node, devices, devices.length == 0 ? 0 : kinds[node].milli(request.gpu()), whenOthersLeft);
    }

    /** What the shape does not say: memory, pod count, selector. */
    private boolean takes(int node, Request request) {
        return Fit.restFits(base[node].node(), room(node), request);
    }

    private double score(Request request, int node, Room room, int[] devices) {
        if (!base[node].node().takesPods() || !Fit.shapeFits(kinds[node], room, request)) {
            return Scores.UNFIT;
        }
        int milli = devices.length == 0 ? 0 : kinds[node].milli(request.gpu());
        return scorer.choose(kinds[node], room, new Scorer.Ask(request.cpuMilli(), milli), devices);
    }

    private static Request shape(Request request) {
        return request.memoryBytes() == 0 && request.nodeSelector().isEmpty()
                ? request
                : new Request(request.cpuMilli(), 0, request.gpu(), request.gpuModels(), Collections.emptyMap());
    }

    /** Gives the place to the request. */
    void take(Request request, Chosen chosen) {
        int i = chosen.node();
        moves.add(new Move(request, chosen, version[i]));
        change(request, chosen, -1);
        version[i] = ++versions;
    }

    /** Takes back all since the mark. */
    void rollback(int mark) {
        while (moves.size() > mark) {
            Move move = moves.remove(moves.size() - 1);
            change(move.request, move.chosen, 1);
            version[move.chosen.node()] = move.versionBefore;
        }
    }

    private void change(Request request, Chosen chosen, int sign) {
        int i = chosen.node();
        if (now[i] == base[i].free()) {
            now[i] = now[i].copy();
        }
        if (!chosen.later()) {
            now[i].add(request, chosen.devices(), chosen.milliPerDevice(), sign);
        }
        Room after = later[i];
        if (after != null) {
            after.add(request, chosen.devices(), chosen.milliPerDevice(), sign);
        }
    }
}
