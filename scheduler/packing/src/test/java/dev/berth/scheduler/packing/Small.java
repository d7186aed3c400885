package dev.berth.scheduler.packing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Words for clusters that fit into a head. CPU in cores, memory plentiful. */
final class Small {
    static final int PLENTY_MIB = 1 << 20;

    private Small() {}

    static NodeShape node(int cores, int gpus) {
        return node(cores, gpus, "G2");
    }

    static NodeShape node(int cores, int gpus, String model) {
        return new NodeShape(cores * 1000, PLENTY_MIB, gpus, model);
    }

    static Pod cpuOnly(int cores) {
        return Pod.of(cores * 1000, 1, 0, 0, "");
    }

    static Pod part(int cores, int milli) {
        return Pod.of(cores * 1000, 1, 1, milli, "");
    }

    static Pod whole(int cores, int gpus) {
        return Pod.of(cores * 1000, 1, gpus, NodeShape.GPU, "");
    }

    static Pod only(String models, Pod pod) {
        PodClass kind = pod.kind();
        return new Pod(
                pod.cpuMilli(), pod.memoryMib(), new PodClass(kind.cpuMilli(), kind.gpuMilli(), kind.gpus(), models));
    }

    /** Node 0 has the best rank, and so on. */
    static Cluster cluster(NodeShape... nodes) {
        return new Cluster(List.of(nodes), IntStream.range(0, nodes.length).toArray());
    }

    static Trace trace(List<NodeShape> nodes, Pod... pods) {
        return new Trace(nodes, List.of(pods));
    }

    /** Every pod of the trace once, in its order. */
    static Arrivals inOrder(Trace trace) {
        return new Arrivals(
                7,
                IntStream.range(0, trace.nodes().size()).toArray(),
                IntStream.range(0, trace.pods().size()).toArray());
    }

    static int mask(int... gpus) {
        return Arrays.stream(gpus).map(gpu -> 1 << gpu).sum();
    }
}
