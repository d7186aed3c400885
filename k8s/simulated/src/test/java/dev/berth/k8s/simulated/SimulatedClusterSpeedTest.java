package dev.berth.k8s.simulated;

import static dev.berth.k8s.simulated.Things.pod;
import static dev.berth.k8s.simulated.Things.workload;
import static dev.berth.k8s.simulated.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster must not be what bounds a demo: the trace's 8,152 workloads with some ten writes each on 1,213 nodes. */
@Tag("benchmark")
class SimulatedClusterSpeedTest {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedClusterSpeedTest.class);
    private static final int NODES = 1213;
    private static final int WORKLOADS = 8152;

    private final VirtualClock clock = new VirtualClock(0);

    @Test
    void aTraceOfWorkloadsPassesInASecond() {
        Vertx vertx = Vertx.vertx();
        AtomicLong told = new AtomicLong();
        double micros = 0;
        for (int round = 0; round < 3; round++) { // The last one is measured; the others warm up.
            SimulatedCluster cluster = new SimulatedCluster("speed-" + round, vertx, clock);
            SimulatedKubelets.start(cluster, KubeletBehaviour.startingAfter(10));
            cluster.watch(Pod.class, change -> told.incrementAndGet());
            cluster.watch(Workload.class, change -> told.incrementAndGet());
            await(SimulatedNodes.create(cluster, SimulatedNodes.parse(NODES + "x8:A100:80000"))
                    .map(true));
            long before = cluster.writes();
            long started = cpuNanos();
            drive(cluster);
            micros = (cpuNanos() - started) / 1000.0 / (cluster.writes() - before);
            assertThat(cluster.list(Pod.class)).isEmpty();
            LOG.warn(
                    "{} writes, {} µs each, {} changes told",
                    cluster.writes() - before,
                    Math.round(micros * 10) / 10.0,
                    told);
        }
        await(vertx.close().map(true));
    }

    /** Processor time of this thread: what others do on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void drive(SimulatedCluster cluster) {
        Map<String, Quantity> gpu = Map.of("cpu", new Quantity("500m"), Labels.GPU_RESOURCE, new Quantity("1"));
        for (int i = 0; i < WORKLOADS; i++) {
            String name = "w" + i;
            Workload workload = cluster.apply(workload("ns", name, 1)).result();
            Pod pod = pod("ns", name, gpu, Map.of(Labels.SIMULATED_RUN_MILLIS, "1000"));
            pod.getMetadata().setOwnerReferences(List.of(owner(workload)));
            cluster.create(pod);
            status(cluster, name, "Queued");
            int gpuIndex = i / NODES % 8;
            cluster.bind(
                    new ObjectKey("ns", name),
                    "node-" + i % NODES,
                    Map.of(Labels.ASSIGNED_GPUS, Integer.toString(gpuIndex), Labels.ASSIGNED_GPU_MILLI, "1000"));
            status(cluster, name, "Starting");
        }
        clock.advanceTo(clock.nowMillis() + 2000);
        for (int i = 0; i < WORKLOADS; i++) {
            status(cluster, "w" + i, "Succeeded");
            cluster.delete(Workload.class, new ObjectKey("ns", "w" + i));
        }
    }

    private static void status(SimulatedCluster cluster, String name, String phase) {
        Workload status = workload("ns", name, 1);
        status.getStatus().phase = phase;
        cluster.replaceStatus(status);
    }

    private static OwnerReference owner(Workload workload) {
        return new OwnerReference(
                workload.getApiVersion(),
                true,
                true,
                "Workload",
                workload.getMetadata().getName(),
                workload.getMetadata().getUid());
    }
}
