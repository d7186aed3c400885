package dev.berth.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small trace of our own in the openb format: twenty nodes, pods of all sorts, and some that no node can hold. */
final class OwnTrace {
    static final String NAME = "own";
    static final int TOO_LARGE = 3;
    private static final int NODES = 20;
    private static final long SEED = 7;

    private OwnTrace() {}

    static Path write(Path folder, int pods) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("trace"));
        List<String> nodes = new ArrayList<>(List.of("sn,cpu_milli,memory_mib,gpu,model"));
        for (int i = 0; i < NODES; i++) {
            nodes.add("own-node-" + i + ",96000,393216," + (i % 4 == 0 ? 2 : 8) + "," + (i % 4 == 0 ? "T4" : "G2"));
        }
        Files.write(directory.resolve("openb_node_list_gpu_node.csv"), nodes);
        Files.write(directory.resolve("openb_pod_list_" + NAME + ".csv"), lines(pods));
        return directory;
    }

    private static List<String> lines(int pods) {
        Random random = new Random(SEED);
        List<String> lines =
                new ArrayList<>(List.of("name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,"
                        + "creation_time,deletion_time,scheduled_time"));
        for (int i = 0; i < pods; i++) {
            int gpus = random.nextInt(10) == 0 ? 2 + random.nextInt(7) : random.nextInt(5) == 0 ? 0 : 1;
            int milli = gpus == 1 && random.nextInt(2) == 0 ? 100 + random.nextInt(9) * 100 : 1000;
            String model = random.nextInt(8) == 0 ? "G2" : "";
            long at = i * 60L;
            lines.add("own-pod-" + i + ",4000,8192," + gpus + "," + milli + "," + model + ",BE,"
                    + (random.nextInt(12) == 0 ? "Failed" : "Succeeded") + "," + at + ","
                    + (at + 60 + random.nextInt(3_000)) + "," + at);
        }
        for (int i = 0; i < TOO_LARGE; i++) {
            lines.add("own-giant-" + i + ",4000,8192,8,1000,T4,BE,Running," + i + "," + (i + 600) + "," + i);
        }
        return lines;
    }
}
