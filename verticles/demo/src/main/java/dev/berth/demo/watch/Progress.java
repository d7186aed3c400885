package dev.berth.demo.watch;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import dev.berth.model.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far the workloads of one cluster are, by the cluster's own events: what the replay needs to know before it may move
 * the clock. Thread-safe; told under the cluster's lock.
 */
public final class Progress implements Consumer<Change<? extends HasMetadata>> {
    /** How far a workload is; the order is that of its life. */
    public enum Step {
        ARRIVED,
        WAITS,
        NEVER_FITS,
        BOUND,
        FINISHED
    }

    private final Map<String, Step> steps = new HashMap<>();
    private final Map<Step, Integer> counts = new HashMap<>();
    private final Deque<String> finished = new ArrayDeque<>();

    @Override
    public synchronized void accept(Change<? extends HasMetadata> change) {
        change.match(reset -> {}, upserted -> seen(upserted.object()), deleted -> gone(deleted.object()));
    }

    private void seen(HasMetadata object) {
        if (object instanceof Workload workload) {
            seen(workload);
        } else if (object instanceof PodGroup group) {
            judged(group);
        }
    }

    private void seen(Workload workload) {
        String id = label(workload);
        if (id == null) {
            return;
        }
        String phase = workload.getStatus() == null ? "" : workload.getStatus().phase;
        switch (phase) {
            case "Succeeded", "Failed" -> {
                if (steps.get(id) != Step.FINISHED) {
                    finished.add(id);
                }
                move(id, Step.FINISHED);
            }
            case "Starting", "Running" -> move(id, Step.BOUND);
            default -> move(id, steps.getOrDefault(id, Step.ARRIVED));
        }
    }

    private void judged(PodGroup group) {
        String id = label(group);
        Step now = id == null ? null : steps.get(id);
        if (id == null || now == null || now.compareTo(Step.BOUND) >= 0 || group.getStatus() == null) {
            return;
        }
        String reason = group.getStatus().reason;
        if (reason != null && !reason.isEmpty()) {
            move(id, reason.equals(Reason.NEVER_FITS.word()) ? Step.NEVER_FITS : Step.WAITS);
        }
    }

    private void gone(HasMetadata object) {
        String id = object instanceof Workload workload ? label(workload) : null;
        Step was = id == null ? null : steps.remove(id);
        if (was != null) {
            counts.merge(was, -1, Integer::sum);
        }
    }

    private void move(String id, Step step) {
        Step was = steps.put(id, step);
        if (was != step) {
            if (was != null) {
                counts.merge(was, -1, Integer::sum);
            }
            counts.merge(step, 1, Integer::sum);
        }
    }

    private static @Nullable String label(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? null : labels.get(Labels.WORKLOAD_ID);
    }

    public synchronized int count(Step step) {
        return counts.getOrDefault(step, 0);
    }

    /** Workloads that came and of which nobody has said yet whether they start. */
    public synchronized int undecided() {
        return counts.getOrDefault(Step.ARRIVED, 0);
    }

    /** Workloads that are in the cluster. */
    public synchronized int known() {
        return steps.size();
    }

    /** Workloads that will not change any more. */
    public synchronized int settled() {
        return count(Step.FINISHED) + count(Step.NEVER_FITS);
    }

    /** The workload that finished first of those not asked for yet, when more than {@code keep} are there. */
    public synchronized @Nullable String pollFinished(int keep) {
        return finished.size() > keep ? finished.poll() : null;
    }
}
