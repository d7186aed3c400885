package dev.berth.k8s.operator;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one workload: its resource, its group and its pods, as the watches told. */
final class Tracked {
    final ObjectKey key;

    @Nullable
    Workload workload;

    @Nullable
    PodGroup group;

    /** Why the cluster refused what we wanted to make; empty when it did not. */
    String refusal = "";

    final Map<String, Pod> pods = new HashMap<>();

    /** Names of pods that were asked for or asked away, and of which the watch has not told yet. */
    final Set<String> settling = new HashSet<>();

    Tracked(ObjectKey key) {
        this.key = key;
    }

    boolean empty() {
        return workload == null && group == null && pods.isEmpty();
    }
}
