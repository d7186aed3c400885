package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.Node;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Room;
import dev.berth.scheduler.core.place.Fit;
import dev.berth.scheduler.core.place.Kind;
import dev.berth.scheduler.core.place.PoolNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Counts over the nodes of a pool, worked out once for each request and cycle. */
public final class PoolCensus {
    private final PoolNodes nodes;
    private final String[] models;
    private final int[] modelOf;
    private final Map<Request, Count> empty = new HashMap<>();
    private final Map<Request, Count> atStart = new HashMap<>();
    private final Map<Request, Count> now = new HashMap<>();
    private final Map<Request, String> described = new HashMap<>();

    public PoolCensus(PoolNodes nodes) {
        this.nodes = nodes;
        this.modelOf = new int[nodes.size()];
        String[] words = new String[nodes.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = modelWord(nodes.kind(i));
        }
        this.models = Arrays.stream(words).sorted().distinct().toArray(String[]::new);
        for (int i = 0; i < words.length; i++) {
            modelOf[i] = Arrays.binarySearch(models, words[i]);
        }
    }

    /** Why a node does not take a request; the first that applies. */
    private enum Lack {
        READY("not taking pods"),
        MODEL("of another model"),
        LABELS("without the labels asked for"),
        GPUS("lack free GPUs"),
        CORES("lack cores"),
        MEMORY("lack memory"),
        PODS("hold as many pods as they may"),
        NOTHING("have room");

        private final String words;

        Lack(String words) {
            this.words = words;
        }
    }

    int nodes() {
        return nodes.size();
    }

    /** How many such requests all nodes could hold if nothing ran and all were ready; counts no further than {@code enough}. */
    long slotsWhenEmpty(Request request, long enough) {
        return slots(empty, request, enough, i -> {
            Node node = nodes.base(i).node();
            return Fit.slots(nodes.base(i), nodes.kind(i), Room.empty(node), request);
        });
    }

    /** How many found room before this cycle gave any away; counts no further than {@code enough}. */
    long slotsAtStart(Request request, long enough) {
        return slots(atStart, request, enough, i -> {
            NodeState state = nodes.base(i);
            return state.node().takesPods() ? Fit.slots(state, nodes.kind(i), state.free(), request) : 0;
        });
    }

    /** How many find room after this cycle; counts no further than {@code enough}. */
    public long slotsNow(Request request, long enough) {
        return slots(now, request, enough, i -> {
            Node node = nodes.base(i).node();
            return node.takesPods() ? Fit.slots(nodes.base(i), nodes.kind(i), nodes.room(i), request) : 0;
        });
    }

    private long slots(Map<Request, Count> known, Request request, long enough, IntToLongFunction slotsOfNode) {
        Count count = known.computeIfAbsent(request, some -> new Count());
        while (count.slots < enough && count.nodes < nodes.size()) {
            count.slots += slotsOfNode.applyAsLong(count.nodes++);
        }
        return count.slots;
    }

    /** A count that goes on where it stopped when more is asked for. */
    private static final class Count {
        private int nodes;
        private long slots;
    }

    /** Node counts by model and by what is lacking: {@code G2: 549 nodes, 500 lack free GPUs, 49 lack cores}. */
    String describe(Request request) {
        return described.computeIfAbsent(request, this::count);
    }

    private String count(Request request) {
        int[][] counts = new int[models.length][Lack.values().length];
        for (int i = 0; i < nodes.size(); i++) {
            counts[modelOf[i]][lack(i, request).ordinal()]++;
        }
        List<String> words = new ArrayList<>();
        for (int model = 0; model < models.length; model++) {
            words.add(say(models[model], counts[model]));
        }
        return String.join("; ", words);
    }

    private static String modelWord(Kind kind) {
        return kind.gpus() == 0 ? "no GPU" : kind.gpuModel().isEmpty() ? "GPU" : kind.gpuModel();
    }

    private static String say(String model, int[] lacks) {
        int all = Arrays.stream(lacks).sum();
        StringBuilder text = new StringBuilder(model).append(": ").append(all).append(all == 1 ? " node" : " nodes");
        for (Lack lack : Lack.values()) {
            if (lacks[lack.ordinal()] > 0) {
                text.append(", ").append(lacks[lack.ordinal()]).append(' ').append(lack.words);
            }
        }
        return text.toString();
    }

    private Lack lack(int i, Request request) {
        Node node = nodes.base(i).node();
        Room room = nodes.room(i);
        int devices = request.gpu().devices();
        if (!node.takesPods()) {
            return Lack.READY;
        } else if (!nodes.kind(i).admits(request.gpuModels())) {
            return Lack.MODEL;
        } else if (!Fit.selects(request, node)) {
            return Lack.LABELS;
        } else if (devices > 0 && room.devicesWith(nodes.kind(i).milli(request.gpu())) < devices) {
            return Lack.GPUS;
        } else if (room.cpuMilli < request.cpuMilli()) {
            return Lack.CORES;
        } else if (room.memoryBytes < request.memoryBytes()) {
            return Lack.MEMORY;
        }
        return room.pods < 1 ? Lack.PODS : Lack.NOTHING;
    }
}
