package dev.berth.scheduler.packing;

import java.util.Arrays;

/** A node and what is left of it. */
public final class NodeState {
    private final NodeShape shape;
    private final int[] gpuLeft;
    private int cpuLeft;
    private int memoryLeft;
    private int idleMilli;
    private int kinds;
    private int version;

    public NodeState(NodeShape shape) {
        this.shape = shape;
        gpuLeft = new int[shape.gpus()];
        Arrays.fill(gpuLeft, NodeShape.GPU);
        cpuLeft = shape.cpuMilli();
        memoryLeft = shape.memoryMib();
        idleMilli = shape.gpuMilli();
    }

    public NodeShape shape() {
        return shape;
    }

    public int cpuLeft() {
        return cpuLeft;
    }

    public int memoryLeft() {
        return memoryLeft;
    }

    /** GPU milli left on all GPUs together. */
    public int idleMilli() {
        return idleMilli;
    }

    /** Milli left on GPU {@code index}. */
    public int gpuLeft(int index) {
        return gpuLeft[index];
    }

    /** The live array, for loops that must be fast: read only. */
    int[] gpusLeft() {
        return gpuLeft;
    }

    /** One bit for each kind of GPU pod that runs here: bit 0 shared, bit n pods of n GPUs. */
    public int kinds() {
        return kinds;
    }

    static int kindBit(PodClass pod) {
        return pod.shared() ? 1 : 1 << pod.gpus();
    }

    /** Grows whenever a pod is taken; an offer that was made for an older version is stale. */
    public int version() {
        return version;
    }

    public boolean untouched() {
        return idleMilli == shape.gpuMilli();
    }

    public boolean fits(Pod pod) {
        return hasRoom(pod) && pod.kind().admits(shape.model());
    }

    /** Whether the pod fits, were its models admitted. */
    boolean hasRoom(Pod pod) {
        PodClass kind = pod.kind();
        if (cpuLeft < pod.cpuMilli() || memoryLeft < pod.memoryMib()) {
            return false;
        }
        if (kind.gpus() == 0) {
            return true;
        }
        return idleMilli >= kind.totalMilli() && gpusFitting(kind.gpuMilli()) >= kind.gpus();
    }

    private int gpusFitting(int milli) {
        int count = 0;
        for (int left : gpuLeft) {
            if (left >= milli) {
                count++;
            }
        }
        return count;
    }

    /** Takes the pod onto the GPUs of the mask. */
    public void take(Pod pod, int gpus) {
        PodClass kind = pod.kind();
        if (Integer.bitCount(gpus) != kind.gpus() || !fits(pod)) {
            throw new IllegalStateException(
                    "Expected a place for " + pod + ", but " + this + " gives GPUs " + gpus + ".");
        }
        cpuLeft -= pod.cpuMilli();
        memoryLeft -= pod.memoryMib();
        for (int rest = gpus; rest != 0; rest &= rest - 1) {
            int gpu = Integer.numberOfTrailingZeros(rest);
            if (gpuLeft[gpu] < kind.gpuMilli()) {
                throw new IllegalStateException("GPU " + gpu + " of " + this + " has no room for " + pod + ".");
            }
            gpuLeft[gpu] -= kind.gpuMilli();
        }
        idleMilli -= kind.totalMilli();
        if (kind.gpus() > 0) {
            kinds |= kindBit(kind);
        }
        version++;
    }

    /** The GPUs a pod takes by best fit: least left that still fits, lowest index first. 0 when too few fit. */
    int bestFit(PodClass pod) {
        int mask = 0;
        for (int taken = 0; taken < pod.gpus(); taken++) {
            int best = -1;
            for (int gpu = 0; gpu < gpuLeft.length; gpu++) {
                boolean free = (mask & 1 << gpu) == 0 && gpuLeft[gpu] >= pod.gpuMilli();
                if (free && (best < 0 || gpuLeft[gpu] < gpuLeft[best])) {
                    best = gpu;
                }
            }
            if (best < 0) {
                return 0;
            }
            mask |= 1 << best;
        }
        return mask;
    }

    @Override
    public String toString() {
        return shape.model() + " with " + cpuLeft + " milli CPU, " + memoryLeft + " MiB, GPUs "
                + Arrays.toString(gpuLeft);
    }
}
