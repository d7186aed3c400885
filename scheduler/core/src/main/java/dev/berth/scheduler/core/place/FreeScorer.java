package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Devices;
import dev.berth.scheduler.core.Placement;
import dev.berth.scheduler.core.Room;

/**
 * Looks at what is free alone: whole GPUs, or cores when the task needs no GPU. Parts of GPUs go to the fullest device, or
 * to the freest one.
 */
public final class FreeScorer implements Scorer {
    private final Placement nodes;
    private final Placement devices;

    public FreeScorer(Placement nodes, Placement devices) {
        this.nodes = nodes;
        this.devices = devices;
    }

    @Override
    public boolean sharesFirst() {
        return devices == Placement.FULLEST || devices == Placement.BINPACK;
    }

    @Override
    public double choose(Site site, Ask ask, int[] chosen) {
        fill(site.room(), ask.milliPerDevice(), chosen);
        double free = ask.gpu() ? site.later().wholeDevices() : site.later().cpuMilli;
        double total = ask.gpu() ? site.kind().gpus() : site.node().cpuMilli();
        return switch (nodes) {
            case BINPACK, FULLEST -> -free;
            case SPREAD -> total == 0 ? 0 : free / total;
            case FIRST -> 0;
        };
    }

    private void fill(Room room, int milli, int[] chosen) {
        boolean[] taken = new boolean[room.milli.length];
        for (int i = 0; i < chosen.length; i++) {
            int best = -1;
            for (int device = 0; device < taken.length; device++) {
                if (!taken[device]
                        && room.milli[device] >= milli
                        && (best < 0 || better(room.milli[device], room.milli[best]))) {
                    best = device;
                }
            }
            taken[best] = true;
            chosen[i] = best;
        }
    }

    private boolean better(int free, int than) {
        int capped = Math.min(free, Devices.WHOLE);
        return devices == Placement.SPREAD ? capped > than : devices != Placement.FIRST && capped < than;
    }
}
