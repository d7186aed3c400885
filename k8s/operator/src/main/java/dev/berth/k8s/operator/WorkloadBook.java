package dev.berth.k8s.operator;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All workloads with what belongs to them, kept up to date by three watches. Says for each change which workload it
 * touched. Things that no Workload controls are not ours and never enter.
 */
final class WorkloadBook {
    private final Map<ObjectKey, Tracked> all = new HashMap<>();
    private final Consumer<ObjectKey> touched;

    WorkloadBook(Consumer<ObjectKey> touched) {
        this.touched = touched;
    }

    @Nullable
    Tracked find(ObjectKey key) {
        return all.get(key);
    }

    Collection<ObjectKey> keys() {
        return List.copyOf(all.keySet());
    }

    int size() {
        return all.size();
    }

    /** Forgets the workload when nothing of it is left. */
    void forgetIfEmpty(ObjectKey key) {
        Tracked tracked = all.get(key);
        if (tracked != null && tracked.empty()) {
            all.remove(key);
        }
    }

    void workloads(Change<Workload> change) {
        change.match(
                reset -> {
                    Map<ObjectKey, Workload> listed = new HashMap<>();
                    reset.all().forEach(workload -> listed.put(ObjectKey.of(workload), workload));
                    all.values().forEach(tracked -> {
                        if (!listed.containsKey(tracked.key)) {
                            tracked.workload = null;
                        }
                        touched.accept(tracked.key);
                    });
                    listed.values().forEach(this::put);
                },
                upserted -> put(upserted.object()),
                deleted -> with(ObjectKey.of(deleted.object()), tracked -> tracked.workload = null));
    }

    void groups(Change<PodGroup> change) {
        change.match(
                reset -> {
                    all.values().forEach(tracked -> {
                        tracked.group = null;
                        touched.accept(tracked.key);
                    });
                    reset.all().forEach(this::put);
                },
                upserted -> put(upserted.object()),
                deleted -> with(ObjectKey.of(deleted.object()), tracked -> tracked.group = null));
    }

    void pods(Change<Pod> change) {
        change.match(
                reset -> {
                    all.values().forEach(tracked -> {
                        tracked.pods.clear();
                        tracked.settling.clear();
                        touched.accept(tracked.key);
                    });
                    reset.all().forEach(this::put);
                },
                upserted -> put(upserted.object()),
                deleted -> remove(deleted.object()));
    }

    /** The answer to our own write, which may come before the watch tells of it. */
    void written(Workload workload) {
        Tracked tracked = all.get(ObjectKey.of(workload));
        if (tracked != null && tracked.workload != null && newer(workload, tracked.workload)) {
            tracked.workload = workload;
        }
    }

    /** An external one shows what a foreign owner's pods do: it is the grouper's, and has none of ours. */
    private void put(Workload workload) {
        if (workload.getSpec().kind.equals(Workload.EXTERNAL)) {
            return;
        }
        Tracked tracked = all.computeIfAbsent(ObjectKey.of(workload), Tracked::new);
        if (tracked.workload == null || newer(workload, tracked.workload)) {
            tracked.workload = workload;
            touched.accept(tracked.key);
        }
    }

    private void put(PodGroup group) {
        if (Ownership.controller(group).isPresent()) {
            Tracked tracked = all.computeIfAbsent(ObjectKey.of(group), Tracked::new);
            tracked.group = group;
            touched.accept(tracked.key);
        }
    }

    private void put(Pod pod) {
        ObjectKey key = workloadOf(pod);
        if (key != null) {
            Tracked tracked = all.computeIfAbsent(key, Tracked::new);
            String name = pod.getMetadata().getName();
            tracked.pods.put(name, pod);
            tracked.settling.remove(name);
            touched.accept(key);
        }
    }

    private void remove(Pod pod) {
        ObjectKey key = workloadOf(pod);
        if (key != null) {
            with(key, tracked -> {
                String name = pod.getMetadata().getName();
                tracked.pods.remove(name);
                tracked.settling.remove(name);
            });
        }
    }

    private void with(ObjectKey key, Consumer<Tracked> change) {
        Tracked tracked = all.get(key);
        if (tracked != null) {
            change.accept(tracked);
            touched.accept(key);
        }
    }

    private static @Nullable ObjectKey workloadOf(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String workload = labels == null ? null : labels.get(Labels.WORKLOAD);
        if (workload == null || Ownership.controller(pod).isEmpty()) {
            return null;
        }
        return new ObjectKey(pod.getMetadata().getNamespace(), workload);
    }

    /** Whether {@code one} is another state than {@code known} and not an older one. */
    private static boolean newer(HasMetadata one, HasMetadata known) {
        String version = one.getMetadata().getResourceVersion();
        String knownVersion = known.getMetadata().getResourceVersion();
        try {
            return Long.parseLong(version) > Long.parseLong(knownVersion);
        } catch (NumberFormatException opaque) {
            return !version.equals(knownVersion);
        }
    }
}
