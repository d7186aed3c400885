package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts over the nodes of a pool, worked out once for each request and cycle. */
final class PoolCensus {
    private final PoolNodes nodes;
    private final Map<Request, Long> empty = new HashMap<>();
    private final Map<Request, Long> atStart = new HashMap<>();
    private final Map<Request, Long> now = new HashMap<>();
    private final Map<Request, String> described = new HashMap<>();

    PoolCensus(PoolNodes nodes) {
        this.nodes = nodes;
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

    /** How many such requests all nodes could hold if nothing ran and all were ready. */
    long slotsWhenEmpty(Request request) {
        return empty.computeIfAbsent(request, some -> {
            long slots = 0;
            for (int i = 0; i < nodes.size(); i++) {
                Node node = nodes.base(i).node();
                slots += Fit.slots(node, nodes.kind(i), Room.empty(node), some);
            }
            return slots;
        });
    }

    /** How many found room before this cycle gave any away. */
    long slotsAtStart(Request request) {
        return atStart.computeIfAbsent(request, some -> {
            long slots = 0;
            for (int i = 0; i < nodes.size(); i++) {
                NodeState state = nodes.base(i);
                slots += state.node().takesPods() ? Fit.slots(state.node(), nodes.kind(i), state.free(), some) : 0;
            }
            return slots;
        });
    }

    /** How many find room after this cycle. */
    long slotsNow(Request request) {
        return now.computeIfAbsent(request, some -> {
            long slots = 0;
            for (int i = 0; i < nodes.size(); i++) {
                Node node = nodes.base(i).node();
                slots += node.takesPods() ? Fit.slots(node, nodes.kind(i), nodes.room(i), some) : 0;
            }
            return slots;
        });
    }

    /** Node counts by model and by what is lacking: {@code G2: 549 nodes, 500 lack free GPUs, 49 lack cores}. */
    String describe(Request request) {
        return described.computeIfAbsent(request, this::count);
    }

    private String count(Request request) {
        Map<String, EnumMap<Lack, Integer>> byModel = new TreeMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            String model = nodes.kind(i).gpus() == 0 ? "no GPU" : nodes.kind(i).gpuModel();
            byModel.computeIfAbsent(model.isEmpty() ? "GPU" : model, some -> new EnumMap<>(Lack.class))
                    .merge(lack(i, request), 1, Integer::sum);
        }
        List<String> models = new ArrayList<>();
        byModel.forEach((model, lacks) -> models.add(say(model, lacks)));
        return String.join("; ", models);
    }

    private static String say(String model, EnumMap<Lack, Integer> lacks) {
        int all = lacks.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text = new StringBuilder(model).append(": ").append(all).append(all == 1 ? " node" : " nodes");
        lacks.forEach(
                (lack, count) -> text.append(", ").append(count).append(' ').append(lack.words));
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
