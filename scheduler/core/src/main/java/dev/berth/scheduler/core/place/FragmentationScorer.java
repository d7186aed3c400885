package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Room;

/**
 * The less a placement spoils, the better. Spoiled is what stays idle but is of no use to the work that usually arrives
 * ({@link Fragmentation}); opening a node on which nothing runs has a price, because only such nodes can take what needs
 * a whole node.
 */
final class FragmentationScorer implements Scorer {
    /** Thousandths of a GPU for each GPU of the node. */
    private static final double PRICE_OF_OPENING = 7.5;

    /** Below what any fragmentation differs by: among equals the fuller node wins. */
    private static final double FULLNESS = 1e-4;

    private final Fragmentation fragmentation;
    private int[] after = new int[8];

    FragmentationScorer(Fragmentation fragmentation) {
        this.fragmentation = fragmentation;
    }

    @Override
    public boolean sparesGpus() {
        return false;
    }

    @Override
    public double choose(Site site, Ask ask, int[] devices) {
        Kind kind = site.kind();
        Room room = site.room();
        double before = fragmentation.of(kind, room.cpuMilli, room.milli);
        long cpuAfter = room.cpuMilli - ask.cpuMilli();
        double best = devices.length == 1
                ? chooseOne(kind, room, ask, devices)
                : fragmentation.of(kind, cpuAfter, chooseTightest(room, ask, devices));
        double price = room.wholeDevices() == room.milli.length ? PRICE_OF_OPENING * room.milli.length : 0;
        return before - best - price - FULLNESS * room.totalMilli() - FULLNESS * 1e-3 * room.cpuMilli / 1000;
    }

    /** Tries every device whose free part is not that of one before. */
    private double chooseOne(Kind kind, Room room, Ask ask, int[] devices) {
        double best = Double.POSITIVE_INFINITY;
        int[] milli = copy(room.milli);
        for (int device = 0; device < milli.length; device++) {
            int free = milli[device];
            if (free < ask.milliPerDevice() || seenBefore(milli, device)) {
                continue;
            }
            milli[device] = free - ask.milliPerDevice();
            double value = fragmentation.of(kind, room.cpuMilli - ask.cpuMilli(), milli);
            milli[device] = free;
            if (value < best) {
                best = value;
                devices[0] = device;
            }
        }
        return best;
    }

    private static boolean seenBefore(int[] milli, int device) {
        for (int other = 0; other < device; other++) {
            if (milli[other] == milli[device]) {
                return true;
            }
        }
        return false;
    }

    /** Takes the fullest devices that fit, lowest index first, and returns what is free then. */
    private int[] chooseTightest(Room room, Ask ask, int[] devices) {
        int[] milli = copy(room.milli);
        for (int chosen = 0; chosen < devices.length; chosen++) {
            int best = -1;
            for (int device = 0; device < milli.length; device++) {
                if (room.milli[device] >= ask.milliPerDevice()
                        && milli[device] == room.milli[device]
                        && (best < 0 || milli[device] < milli[best])) {
                    best = device;
                }
            }
            milli[best] -= ask.milliPerDevice();
            devices[chosen] = best;
        }
        return milli;
    }

    private int[] copy(int[] milli) {
        if (after.length != milli.length) {
            after = new int[milli.length];
        }
        System.arraycopy(milli, 0, after, 0, milli.length);
        return after;
    }
}
