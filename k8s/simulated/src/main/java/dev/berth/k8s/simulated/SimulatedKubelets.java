package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.simulated.NodeLedger.Grant;
import dev.berth.k8s.simulated.NodeLedger.Rejection;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The kubelets of all nodes of one simulated cluster: a bound pod is admitted or fails, runs after a delay, ends after
 * {@link Labels#SIMULATED_RUN_MILLIS}, and goes some time after it was deleted. They see changes under the cluster's
 * lock, keep their books there, and write later, from the clock.
 */
public final class SimulatedKubelets {
    /** A pod in a kubelet's hands; {@code grant} is null once its resources are free again. */
    private static final class Held {
        final Pod bound;
        final NodeLedger node;

        @Nullable
        Grant grant;

        boolean ending;

        Held(Pod bound, NodeLedger node) {
            this.bound = bound;
            this.node = node;
        }

        void release() {
            if (grant != null) {
                node.release(grant);
                grant = null;
            }
        }
    }

    private final SimulatedCluster cluster;
    private final SimClock clock;
    private final KubeletBehaviour behaviour;
    private final Map<String, NodeLedger> nodes = new HashMap<>();
    private final Map<ObjectKey, Held> pods = new HashMap<>();
    private final AtomicLong rejected = new AtomicLong();
    private long started;

    private SimulatedKubelets(SimulatedCluster cluster, KubeletBehaviour behaviour) {
        this.cluster = cluster;
        this.clock = cluster.clock();
        this.behaviour = behaviour;
    }

    /** Starts them on a cluster; they take up the pods that are bound there already where those stood. */
    public static SimulatedKubelets start(SimulatedCluster cluster, KubeletBehaviour behaviour) {
        SimulatedKubelets kubelets = new SimulatedKubelets(cluster, behaviour);
        cluster.list(Node.class).forEach(kubelets::nodeUpserted);
        cluster.list(Pod.class).forEach(kubelets::takeUp);
        cluster.observe(kubelets::changed);
        return kubelets;
    }

    /** Pods that were bound to a node that could not hold them: 0 under a right scheduler. */
    public long rejected() {
        return rejected.get();
    }

    private void changed(Change<? extends HasMetadata> change) {
        change.match(
                reset -> {},
                upserted -> {
                    if (upserted.object() instanceof Pod pod) {
                        podUpserted(pod);
                    } else if (upserted.object() instanceof Node node) {
                        nodeUpserted(node);
                    }
                },
                deleted -> {
                    if (deleted.object() instanceof Pod pod) {
                        podGone(pod);
                    }
                });
    }

    private void nodeUpserted(Node node) {
        nodes.computeIfAbsent(node.getMetadata().getName(), name -> new NodeLedger())
                .capacity(node);
    }

    private void podUpserted(Pod pod) {
        String node = PodRules.nodeOf(pod);
        if (node == null) {
            return;
        }
        Held held = pods.get(ObjectKey.of(pod));
        if (held == null) {
            bound(pod, node);
        } else if (PodRules.isFinal(pod)) {
            held.release();
        } else if (pod.getMetadata().getDeletionTimestamp() != null && !held.ending) {
            held.ending = true;
            long graceMillis = pod.getMetadata().getDeletionGracePeriodSeconds() * 1000;
            clock.schedule(Math.min(graceMillis, behaviour.stopMillis()), () -> cluster.kubeletRemove(pod));
        }
    }

    /** A pod that another process of this kubelet had in its hands. */
    private void takeUp(Pod pod) {
        String node = PodRules.nodeOf(pod);
        NodeLedger ledger = node == null ? null : nodes.get(node);
        if (ledger == null || PodRules.isFinal(pod)) {
            return;
        }
        if (!PodRules.phase(pod).equals("Running") || pod.getMetadata().getDeletionTimestamp() != null) {
            podUpserted(pod);
            podUpserted(pod);
            return;
        }
        Held held = new Held(pod, ledger);
        pods.put(ObjectKey.of(pod), held);
        admit(held);
        long runMillis = runMillis(pod);
        if (runMillis >= 0) {
            long ranMillis = clock.nowMillis()
                    - Instant.parse(pod.getStatus().getStartTime()).toEpochMilli();
            clock.schedule(Math.max(0, runMillis - ranMillis), () -> end(pod));
        }
    }

    private void podGone(Pod pod) {
        Held held = pods.remove(ObjectKey.of(pod));
        if (held != null) {
            held.release();
        }
    }

    /** A pod on a node that is not there waits for ever, as in Kubernetes. */
    private void bound(Pod pod, String nodeName) {
        NodeLedger node = nodes.get(nodeName);
        if (node == null) {
            return;
        }
        Held held = new Held(pod, node);
        pods.put(ObjectKey.of(pod), held);
        Rejection rejection = admit(held);
        if (rejection == null) {
            long jitter = Seeded.below(behaviour.startJitterMillis() + 1, behaviour.seed(), started++);
            clock.schedule(behaviour.startDelayMillis() + jitter, () -> run(held.bound));
        } else {
            rejected.incrementAndGet();
            clock.schedule(
                    0,
                    () -> cluster.kubeletStatus(
                            pod, now -> true, now -> PodStatuses.rejected(rejection, clock.nowMillis())));
        }
    }

    private @Nullable Rejection admit(Held held) {
        try {
            runMillis(held.bound);
            return held.node.admit(PodNeeds.of(held.bound), grant -> held.grant = grant);
        } catch (NumberFormatException malformed) {
            return new Rejection("UnexpectedAdmissionError", "Expected a number, but: " + malformed.getMessage());
        }
    }

    private void run(Pod pod) {
        cluster.kubeletStatus(
                pod,
                now -> now.getMetadata().getDeletionTimestamp() == null && !PodRules.isFinal(now),
                now -> PodStatuses.running(now, clock.nowMillis()));
        long runMillis = runMillis(pod);
        if (runMillis >= 0) {
            clock.schedule(runMillis, () -> end(pod));
        }
    }

    private void end(Pod pod) {
        boolean failed = "failed".equals(pod.getMetadata().getAnnotations().get(Labels.SIMULATED_OUTCOME));
        cluster.kubeletStatus(
                pod,
                now -> PodRules.phase(now).equals("Running"),
                now -> PodStatuses.ended(now, failed, clock.nowMillis()));
    }

    /** How long it runs; -1: until it is stopped. */
    private static long runMillis(Pod pod) {
        String millis = pod.getMetadata().getAnnotations().get(Labels.SIMULATED_RUN_MILLIS);
        return millis == null ? -1 : Long.parseLong(millis);
    }
}
