package dev.berth.scheduler.core;

import java.util.Map;

/** Whether, and how often, a request fits on a node with so much room. */
final class Fit {
    private Fit() {}

    /** Cores, GPUs and their model: what one score is kept for. */
    static boolean shapeFits(Kind kind, Room room, Request request) {
        if (request.cpuMilli() > room.cpuMilli || !kind.admits(request.gpuModels())) {
            return false;
        }
        int devices = request.gpu().devices();
        return devices == 0 || (devices <= room.milli.length && room.devicesWith(kind.milli(request.gpu())) >= devices);
    }

    /** Memory, pods and labels. */
    static boolean restFits(Node node, Room room, Request request) {
        return room.pods > 0 && request.memoryBytes() <= room.memoryBytes && selects(request, node);
    }

    static boolean selects(Request request, Node node) {
        for (Map.Entry<String, String> label : request.nodeSelector().entrySet()) {
            if (!label.getValue().equals(node.labels().get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** How many such requests fit side by side. */
    static long slots(Node node, Kind kind, Room room, Request request) {
        if (!shapeFits(kind, room, request) || !restFits(node, room, request)) {
            return 0;
        }
        long slots = room.pods;
        slots = request.cpuMilli() == 0 ? slots : Math.min(slots, room.cpuMilli / request.cpuMilli());
        slots = request.memoryBytes() == 0 ? slots : Math.min(slots, room.memoryBytes / request.memoryBytes());
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
