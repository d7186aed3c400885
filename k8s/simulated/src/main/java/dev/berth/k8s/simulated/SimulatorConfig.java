package dev.berth.k8s.simulated;

import dev.berth.runtime.Doc;

/** Configuration of the role {@code simulator}. */
public record SimulatorConfig(
        @Doc(value = "Name of the cluster, by which other roles of this process find it.", standard = "local")
        String cluster,

        @Doc(
                value = "Groups of nodes: count x GPUs : model : MiB of each GPU @ pool, such as 12x8:A100:80000.",
                standard = "12x8:A100:80000")
        String nodes,

        @Doc(value = "Milliseconds from binding to Running.", standard = "1000")
        long startDelayMillis) {
    public SimulatorConfig {
        SimulatedNodes.parse(nodes);
        if (startDelayMillis < 0) {
            throw new IllegalArgumentException(
                    "Expected 0 or more milliseconds as startDelayMillis, but got " + startDelayMillis + ".");
        }
    }
}
