package dev.berth.scheduler.core.foresight;

import java.util.HashMap;
import java.util.Map;

/**
 * Berth's packing: a request goes where it costs least in the end. A node costs the GPU thousandths that will stay idle on it
 * ({@link Futures}). Opening an untouched node has a price, because only such nodes take what needs a whole node, and such
 * requests are too rare to be among the popular ones. A request without GPU takes the tightest cores among equals.
 *
 * @param <K> what tells kinds of nodes apart
 */
public final class Foresight<K> {
    /** Thousandths of one GPU. */
    public static final int DEVICE = 1000;

    /** For each thousandth of a core: less than outlooks differ by. */
    private static final double TIE = 1e-7;

    private final Demand<K> demand;
    private final Outlook<K> outlook;
    private final Weights weights;
    private final Map<K, Double> prices = new HashMap<>();

    /**
     * @param sequences futures that a state is valued by; fewer are quicker and value rare classes by luck
     * @param requests offers in each
     * @param price thousandths for each GPU of a node that is opened; more where requests of several GPUs are popular, by
     *     their share of all that is asked for
     * @param idler bonus for each thousandth that is idle on the node: of nearly equals the one with more ways to go on
     * @param kept states whose value is remembered, about 150 bytes each; at the bound all are forgotten
     */
    public record Weights(int sequences, int requests, double price, double idler, int kept) {
        public static final Weights STANDARD = new Weights(200, 100, 7.5, 0.002, 500_000);

        /** For those who have to look anew often. */
        public static final Weights QUICK = new Weights(100, 100, 7.5, 0.002, 100_000);
    }

    /**
     * What a node has left.
     *
     * @param cpuMilli thousandths of cores
     * @param gpus thousandths of each GPU, 0 to 1000, in the order of their indices; not changed
     */
    public record Room<K>(K kind, int cpuMilli, int[] gpus) {
        boolean untouched() {
            for (int milli : gpus) {
                if (milli < DEVICE) {
                    return false;
                }
            }
            return true;
        }

        int idle() {
            int sum = 0;
            for (int milli : gpus) {
                sum += milli;
            }
            return sum;
        }
    }

    /** A request: thousandths of cores, and of each of its GPUs. */
    public record Ask(int cpuMilli, int milliPerDevice) {}

    public Foresight(Demand<K> demand, Weights weights) {
        this.demand = demand;
        this.weights = weights;
        outlook = new Outlook<>(demand, weights);
    }

    /**
     * How good it is to put the request there, greater is better; comparable between all nodes. The request must fit.
     *
     * @param devices as many as the request has GPUs; filled with the indices to take
     */
    public double choose(Room<K> room, Ask ask, int[] devices) {
        double before = outlook.idle(room.kind, room.cpuMilli, room.gpus);
        int cpu = room.cpuMilli - ask.cpuMilli;
        int[] gpus = room.gpus.clone();
        if (devices.length == 0) {
            return before - TIE * room.cpuMilli - outlook.idle(room.kind, cpu, gpus);
        }
        if (devices.length == 1 && ask.milliPerDevice < DEVICE) {
            return before + bonus(room) - chooseOne(room, cpu, ask.milliPerDevice, devices);
        }
        takeTightest(room.gpus, ask.milliPerDevice, devices, gpus);
        return before + bonus(room) - outlook.idle(room.kind, cpu, gpus);
    }

    private double bonus(Room<K> room) {
        double opening = 0;
        if (room.untouched()) {
            opening = room.gpus.length
                    * prices.computeIfAbsent(
                            room.kind, kind -> weights.price * (1 + demand.partOfSeveralDevices(kind)));
        }
        return weights.idler * room.idle() - opening;
    }

    /** Tries every device, of equal ones the first, and returns what will stay idle after the best. */
    private double chooseOne(Room<K> room, int cpu, int milli, int[] devices) {
        int[] gpus = room.gpus.clone();
        double best = Double.POSITIVE_INFINITY;
        for (int gpu = 0; gpu < gpus.length; gpu++) {
            if (gpus[gpu] >= milli && first(gpus, gpu)) {
                gpus[gpu] -= milli;
                double idle = outlook.idle(room.kind, cpu, gpus);
                gpus[gpu] += milli;
                if (idle < best) {
                    best = idle;
                    devices[0] = gpu;
                }
            }
        }
        return best;
    }

    private static boolean first(int[] gpus, int gpu) {
        for (int other = 0; other < gpu; other++) {
            if (gpus[other] == gpus[gpu]) {
                return false;
            }
        }
        return true;
    }

    /** Least left that still fits, lowest index first. */
    private static void takeTightest(int[] before, int milli, int[] devices, int[] after) {
        for (int taken = 0; taken < devices.length; taken++) {
            int best = -1;
            for (int gpu = 0; gpu < before.length; gpu++) {
                boolean free = after[gpu] == before[gpu] && before[gpu] >= milli;
                if (free && (best < 0 || before[gpu] < before[best])) {
                    best = gpu;
                }
            }
            after[best] -= milli;
            devices[taken] = best;
        }
    }
}
