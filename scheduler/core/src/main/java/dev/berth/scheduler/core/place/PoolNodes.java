package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.DeviceClaim;
import dev.berth.scheduler.core.Mig;
import dev.berth.scheduler.core.Node;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Pool;
import dev.berth.scheduler.core.Popularity;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Room;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one pool while a cycle gives them away; every step can be taken back. Of each node two amounts are kept: what
 * is free <i>now</i>, and what is free <i>later</i>, when all that leave are gone and all that wait for it have come.
 *
 * <p>Each change gives a node a new version, and taking it back gives it the old one again. Scores are kept by shape of
 * request and version, also across cycles, so that only what changed is scored anew.
 */
public final class PoolNodes {
    private static final int MAX_SHAPES = 512;

    private NodeState[] base = new NodeState[0];
    private Kind[] kinds = new Kind[0];
    private Room[] now = new Room[0];
    private Room[] later = new Room[0];
    private @Nullable Room[] least = new Room[0];
    private long[] leastVersion = new long[0];
    private long[] version = new long[0];
    private long[] baseVersion = new long[0];
    private long versions;
    private final List<Integer> touched = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private final Scorers scorers = new Scorers();
    private final Claims claims = new Claims();
    private final Predicates predicates = new Predicates();
    private final IdentityHashMap<Request, Demand> demands = new IdentityHashMap<>();
    private final Map<Request, Demand> demandsByRequest = new HashMap<>();
    private final Map<Request, Scores> scores = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, Scores> eldest) {
            return size() > MAX_SHAPES;
        }
    };

    /** Starts a cycle. What was given away in the last one is forgotten. */
    public void begin(List<NodeState> states, Pool how, Popularity what, Map<String, DeviceClaim> claimed) {
        if (scorers.use(how, what)) {
            scores.clear();
        }
        demands.clear();
        demandsByRequest.clear();
        if (!sameNames(states)) {
            reset(states);
        }
        for (int i : touched) {
            version[i] = baseVersion[i];
            now[i] = base[i].free();
            later[i] = base[i].later();
        }
        touched.clear();
        for (int i = 0; i < base.length; i++) {
            NodeState state = states.get(i);
            if (base[i] != state) {
                base[i] = state;
                kinds[i] = Kind.of(state.node());
                now[i] = state.free();
                later[i] = state.later();
                version[i] = ++versions;
            }
            baseVersion[i] = version[i];
        }
        claims.begin(claimed, states, this::addClaimable);
        predicates.begin(states);
    }

    /** Packs for another distribution of what arrives from now on. */
    public void learn(Popularity what) {
        if (scorers.learn(what)) {
            scores.clear();
            demands.clear();
            demandsByRequest.clear();
        }
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

    private void reset(List<NodeState> states) {
        int count = states.size();
        base = new NodeState[count];
        kinds = new Kind[count];
        now = new Room[count];
        later = new Room[count];
        least = new Room[count];
        leastVersion = new long[count];
        version = new long[count];
        baseVersion = new long[count];
        scores.clear();
        touched.clear();
        byName.clear();
        for (int i = 0; i < count; i++) {
            byName.put(states.get(i).node().name(), i);
        }
    }

    public int size() {
        return base.length;
    }

    public NodeState base(int node) {
        return base[node];
    }

    public Kind kind(int node) {
        return kinds[node];
    }

    /** The index of the node, or -1. */
    public int indexOf(String name) {
        return byName.getOrDefault(name, -1);
    }

    /** What may be given away on the node at this moment of the cycle. */
    public Room room(int node) {
        if (now[node] == later[node]) {
            return now[node];
        }
        Room known = least[node];
        if (known == null || leastVersion[node] != version[node]) {
            known = now[node].least(later[node]);
            least[node] = known;
            leastVersion[node] = version[node];
        }
        return known;
    }

    /** What is free on the node, kept for others or not. */
    public Room now(int node) {
        return now[node];
    }

    /** What is free on the node when all that leave are gone and all that wait for it have come. */
    public Room later(int node) {
        return later[node];
    }

    /** GPUs of any kind on the node that are free when others have left, in thousandths. */
    public long freeGpuMilli(int node) {
        long free = later[node].totalMilli();
        Node itself = base[node].node();
        for (String resource : itself.extended().keySet()) {
            free += later[node].amount(resource) * Mig.slices(resource) * 1000;
        }
        for (String deviceClass : itself.claimable().keySet()) {
            free += DeviceClaim.isGpu(deviceClass) ? later[node].claimable(deviceClass) * 1000 : 0;
        }
        return free;
    }

    /** The class of the request. */
    public Demand demand(Request request) {
        Demand known = demands.get(request);
        if (known == null) {
            known = demandsByRequest.computeIfAbsent(request, some -> {
                predicates.meet(some);
                Request shape = shape(some);
                Scores kept = scores.computeIfAbsent(shape, any -> new Scores(base.length));
                return new Demand(some, kept, scorers.of(some), claims.devices(some));
            });
            demands.put(request, known);
        }
        return known;
    }

    private static Request shape(Request request) {
        return request.plain()
                .withAmounts(request.cpuMilli(), 0, request.gpu())
                .withNodes(request.gpuModels(), Map.of());
    }

    /**
     * The best place among the nodes, or null. A node where it is free now is better than one where others have to leave.
     *
     * @param look whether it is to start at once, and where it is still when it was told to leave
     */
    public @Nullable Choice find(Demand demand, NodeSet among, Look look) {
        Scores kept = demand.scores;
        int best = -1;
        int bestBand = Integer.MIN_VALUE;
        double bestValue = 0;
        boolean bestNow = false;
        int[] ranks = among.ranks();
        for (int i : among.nodes()) {
            if (kept.version[i] != version[i]) {
                rescore(demand, i);
            }
            boolean mayNow = kept.now[i] != Scores.UNFIT;
            double value = mayNow && look.atOnce() ? kept.now[i] : kept.later[i];
            if (value == Scores.UNFIT) {
                continue;
            }
            int band = (ranks == null ? 0 : ranks[i] * 10_000) + band(demand, i);
            if (band + (mayNow ? 100 : 0) < bestBand
                    || (band + (mayNow ? 100 : 0) == bestBand && best >= 0 && value <= bestValue)
                    || !takes(demand, i, false)) {
                continue;
            }
            boolean fitsNow = mayNow && takes(demand, i, true);
            band += fitsNow ? 100 : 0;
            value = fitsNow && look.atOnce() ? kept.now[i] : kept.later[i];
            if (best < 0 || band > bestBand || (band == bestBand && value > bestValue)) {
                best = i;
                bestBand = band;
                bestValue = value;
                bestNow = fitsNow;
            }
        }
        return best < 0 ? null : new Choice(place(demand, best, bestNow && look.atOnce(), look.sitting()), bestNow);
    }

    private static int band(Demand demand, int node) {
        return demand.scores.shared[node] ? 1_000 : 0;
    }

    private void rescore(Demand demand, int i) {
        Scores kept = demand.scores;
        kept.version[i] = version[i];
        kept.now[i] = Scoring.score(demand, base[i], site(i, room(i)));
        kept.later[i] = now[i] == later[i] ? kept.now[i] : Scoring.score(demand, base[i], site(i, later[i]));
        kept.shared[i] = Scoring.shares(demand, kinds[i], later[i]);
    }

    private Site site(int i, Room room) {
        return new Site(base[i].node(), kinds[i], room, later[i]);
    }

    /** What the shape does not say. */
    private boolean takes(Demand demand, int i, boolean atOnce) {
        Request request = demand.request();
        Room room = atOnce ? room(i) : later[i];
        return Fit.restFits(room, request)
                && suits(demand, i)
                && predicates.admit(request, i)
                && (request.claims().isEmpty() || claims.fits(request, i, atOnce, room::claimable));
    }

    private boolean suits(Demand demand, int i) {
        if (!demand.asked.get(i)) {
            demand.asked.set(i);
            demand.suits.set(i, Fit.suits(demand.request(), base[i]));
        }
        return demand.suits.get(i);
    }

    private Place place(Demand demand, int i, boolean atOnce, @Nullable Place sitting) {
        int[] devices = new int[demand.request().gpu().devices()];
        if (devices.length == 0) {
            return Place.on(i);
        }
        Room room = atOnce ? room(i) : later[i];
        if (sitting != null && sitting.node() == i && mayStay(demand, room, sitting)) {
            return sitting;
        }
        Scoring.choose(demand, site(i, room), devices);
        Arrays.sort(devices);
        return sitting != null && sitting.node() == i && !demand.isPart()
                ? sitting
                : new Place(i, devices, kinds[i].milli(demand.request().gpu()));
    }

    /** Whether its own devices are as good as any: they take it, and no fuller one does. */
    private static boolean mayStay(Demand demand, Room room, Place sitting) {
        if (!demand.isPart()) {
            return true;
        }
        int own = 0;
        for (int device : sitting.devices()) {
            if (room.milli[device] < sitting.milliPerDevice()) {
                return false;
            }
            own = Math.max(own, room.milli[device]);
        }
        for (int free : room.milli) {
            if (free >= sitting.milliPerDevice() && free < own) {
                return false;
            }
        }
        return true;
    }

    /** Takes a place (-1) or gives it back (1), now and later; 0 where nothing changes. */
    public void count(Demand demand, Place place, int atOnce, int afterwards) {
        int i = place.node();
        touch(i);
        Request request = demand.request();
        boolean alike = now[i] == later[i];
        if (alike && atOnce == afterwards) {
            own(i);
            now[i].add(request, place.devices(), place.milliPerDevice(), atOnce);
        } else {
            part(i);
            if (atOnce != 0) {
                now[i].add(request, place.devices(), place.milliPerDevice(), atOnce);
            }
            if (afterwards != 0) {
                later[i].add(request, place.devices(), place.milliPerDevice(), afterwards);
            }
        }
        predicates.count(request, i, -afterwards);
        if (!request.claims().isEmpty()) {
            claims.count(request, i, -atOnce, -afterwards, this::addClaimable);
        }
        version[i] = ++versions;
    }

    private void touch(int i) {
        if (version[i] == baseVersion[i]) {
            touched.add(i);
        }
    }

    /** From here on the amounts of the node may be changed. */
    private void own(int i) {
        boolean alike = now[i] == later[i];
        if (now[i] == base[i].free()) {
            now[i] = now[i].copy();
        }
        if (alike) {
            later[i] = now[i];
        } else if (later[i] == base[i].later()) {
            later[i] = later[i].copy();
        }
    }

    private void part(int i) {
        own(i);
        if (now[i] == later[i]) {
            later[i] = now[i].copy();
        }
    }

    private void addClaimable(int node, String deviceClass, long count, boolean atOnce) {
        touch(node);
        part(node);
        (atOnce ? now : later)[node].addClaimable(deviceClass, count);
        version[node] = ++versions;
    }

    public long version(int node) {
        return version[node];
    }

    /** Tells that all changes since the version were taken back. */
    public void restore(int node, long old) {
        version[node] = old;
    }

    /** Devices that claims of the request stand for, all of which may be shared with others. */
    public @Nullable DeviceClaim claim(String id) {
        return claims.claim(id);
    }
}
