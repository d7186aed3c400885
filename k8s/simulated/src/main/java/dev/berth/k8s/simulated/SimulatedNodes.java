package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Cluster;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes nodes in a cluster. */
public final class SimulatedNodes {
    private static final Pattern GROUP =
            Pattern.compile("(\\d{1,5})x(\\d{1,2})(?::([A-Za-z0-9._-]{1,63}):(\\d{1,7}))?(?:@([a-z0-9-]{1,63}))?");
    /** What a node has beside each GPU, as common machines do. */
    private static final long CPU_MILLI_PER_GPU = 16_000;

    private static final long MEMORY_MIB_PER_GPU = 128 * 1024L;

    private SimulatedNodes() {}

    /** Creates the nodes; succeeds when all are there. */
    public static Future<Void> create(Cluster cluster, List<NodeShape> shapes) {
        List<Future<?>> created = new ArrayList<>(shapes.size());
        for (NodeShape shape : shapes) {
            created.add(cluster.create(shape.toNode()));
        }
        return Future.all(created).mapEmpty();
    }

    /**
     * Reads groups as {@code 12x8:A100:80000@training,4x0}: 12 nodes of 8 GPUs with 80,000 MiB each in pool training, and
     * 4 without GPUs; nodes are named {@code node-0} and so on.
     */
    public static List<NodeShape> parse(String groups) {
        List<NodeShape> shapes = new ArrayList<>();
        for (String group : groups.split(",", -1)) {
            Matcher part = GROUP.matcher(group.strip());
            if (!part.matches()) {
                throw new IllegalArgumentException(
                        "Expected groups of nodes as 12x8:A100:80000@pool, separated by commas, but got \"" + group
                                + "\".");
            }
            int gpus = Integer.parseInt(part.group(2));
            String model = part.group(3) == null ? "" : part.group(3);
            if (gpus > 0 && model.isEmpty()) {
                throw new IllegalArgumentException(
                        "Expected a GPU model and its MiB as in 12x8:A100:80000, but got \"" + group + "\".");
            }
            for (int count = Integer.parseInt(part.group(1)); count > 0; count--) {
                shapes.add(shape(shapes.size(), gpus, model, part));
            }
        }
        return shapes;
    }

    private static NodeShape shape(int index, int gpus, String model, Matcher part) {
        int share = Math.max(1, gpus);
        return new NodeShape(
                "node-" + index,
                CPU_MILLI_PER_GPU * share,
                MEMORY_MIB_PER_GPU * share,
                gpus,
                model,
                part.group(4) == null ? 0 : Long.parseLong(part.group(4)),
                part.group(5) == null ? "" : part.group(5));
    }
}
