package dev.berth.scheduler.core;

/** The emptier the better: the part of the GPUs, or else of the cores, that would be left. */
final class SpreadScorer implements Scorer {
    @Override
    public double choose(Kind kind, Room room, Ask ask, int[] devices) {
        int chosen = 0;
        boolean[] taken = new boolean[room.milli.length];
        for (; chosen < devices.length; chosen++) {
            int best = -1;
            for (int device = 0; device < taken.length; device++) {
                if (!taken[device] && (best < 0 || room.milli[device] > room.milli[best])) {
                    best = device;
                }
            }
            taken[best] = true;
            devices[chosen] = best;
        }
        long left = room.totalMilli() - (long) devices.length * ask.milliPerDevice();
        double gpus = room.milli.length == 0 ? 0 : (double) left / room.milli.length;
        // Cores tell apart what GPUs do not; a CPU-only task stays away from nodes with GPUs.
        double cores = Math.min(0.999, (room.cpuMilli - ask.cpuMilli()) / 1e7);
        return devices.length > 0 ? Math.round(gpus) + cores : cores - room.milli.length;
    }
}
