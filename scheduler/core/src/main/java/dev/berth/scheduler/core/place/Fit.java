package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Mig;
import dev.berth.scheduler.core.Node;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Room;
import java.util.Map;
import java.util.Set;

/** Whether, and how often, a request fits on a node with so much room. */
public final class Fit {
    private Fit() {}

    /** Cores, GPUs and their model: what one score is kept for. */
    public static boolean shapeFits(Kind kind, Room room, Request request) {
        if ((request.cpuMilli() > room.cpuMilli && request.cpuMilli() > 0) || !kind.admits(request.gpuModels())) {
            return false;
        }
        int devices = request.gpu().devices();
        return devices == 0 || (devices <= room.milli.length && room.devicesWith(kind.milli(request.gpu())) >= devices);
    }

    /** Memory, pods and extended resources. */
    public static boolean restFits(Room room, Request request) {
        if (room.pods <= 0 || (request.memoryBytes() > room.memoryBytes && request.memoryBytes() > 0)) {
            return false;
        }
        if (!request.extended().isEmpty()) {
            for (Map.Entry<String, Long> one : request.extended().entrySet()) {
                if (one.getValue() > room.amount(one.getKey())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What never changes while the node is what it is: labels, and how its GPUs are cut. */
    public static boolean suits(Request request, NodeState state) {
        return selects(request, state.node()) && cutFits(request, state);
    }

    private static boolean cutFits(Request request, NodeState state) {
        if (request.asksForMig()) {
            return state.node().mig() != Mig.NONE && !request.legacyMig() && !state.legacyMig();
        }
        return switch (state.node().mig()) {
            case NONE -> true;
            case SINGLE -> request.gpu().match(whole -> true, fraction -> false, memory -> false);
            case MIXED -> request.gpu().devices() == 0;
        };
    }

    /** Whether the node has the labels. */
    public static boolean selects(Request request, Node node) {
        for (Map.Entry<String, String> label : request.nodeSelector().entrySet()) {
            if (!label.getValue().equals(node.labels().get(label.getKey()))) {
                return false;
            }
        }
        for (Map.Entry<String, Set<String>> label : request.labelsIn().entrySet()) {
            String value = node.labels().get(label.getKey());
            if (value == null || !label.getValue().contains(value)) {
                return false;
            }
        }
        return true;
    }

    /** How many such requests fit side by side. */
    public static long slots(NodeState state, Kind kind, Room room, Request request) {
        if (!shapeFits(kind, room, request) || !restFits(room, request) || !suits(request, state)) {
            return 0;
        }
        long slots = room.pods;
        slots = request.cpuMilli() == 0 ? slots : Math.min(slots, room.cpuMilli / request.cpuMilli());
        slots = request.memoryBytes() == 0 ? slots : Math.min(slots, room.memoryBytes / request.memoryBytes());
        for (Map.Entry<String, Long> one : request.extended().entrySet()) {
            slots = one.getValue() == 0 ? slots : Math.min(slots, room.amount(one.getKey()) / one.getValue());
        }
        int devices = request.gpu().devices();
        return devices == 0 ? slots : Math.min(slots, gpuSlots(room, devices, kind.milli(request.gpu())));
    }

    private static long gpuSlots(Room room, int devices, int milli) {
        long low = 0;
        long high = Math.max(0, room.totalMilli()) / milli / devices + 1;
        // The largest count for which enough devices can take part, each task on different ones.
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            long parts = 0;
            for (int free : room.milli) {
                parts += Math.min(middle, Math.max(0, free) / milli);
            }
            if (parts >= middle * devices) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
