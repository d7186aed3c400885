package dev.berth.scheduler.packing;

import dev.berth.scheduler.core.foresight.Demand;
import dev.berth.scheduler.core.foresight.Foresight.Ask;
import dev.berth.scheduler.core.foresight.Foresight.Room;
import dev.berth.scheduler.core.foresight.Foresight.Weights;

/** Berth's own policy, as the scheduler has it ({@link dev.berth.scheduler.core.foresight.Foresight}), on nodes of a trace. */
final class Foresight implements Scorer {
    private final dev.berth.scheduler.core.foresight.Foresight<String> foresight;

    Foresight(Popularity workload, Weights weights) {
        foresight = new dev.berth.scheduler.core.foresight.Foresight<>(
                new Demand<>(workload.entries().stream().map(Foresight::arrival).toList()), weights);
    }

    private static Demand.Arrival<String> arrival(Popularity.Entry entry) {
        PodClass pod = entry.pod();
        return new Demand.Arrival<>(
                pod.cpuMilli(), pod.gpus(), model -> pod.admits(model) ? pod.gpuMilli() : 0, entry.count());
    }

    @Override
    public Offer offer(NodeState node, PodClass pod) {
        int[] devices = new int[pod.gpus()];
        double score = foresight.choose(
                new Room<>(node.shape().model(), node.cpuLeft(), node.gpusLeft()),
                new Ask(pod.cpuMilli(), pod.gpuMilli()),
                devices);
        int mask = 0;
        for (int device : devices) {
            mask |= 1 << device;
        }
        return new Offer(score, mask);
    }
}
