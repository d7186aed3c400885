package dev.berth.scheduler.verticle;

import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Task;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pods that hold shared devices. While somebody shares the device, the sharers' parts say what is taken of it; a
 * reservation that nobody shares (any more) still holds all of it, until the binder gives it back.
 */
final class ReservedDevices {
    private static final int WHOLE_MILLI = 1_000;

    private final ClusterState state;
    private final Map<String, Spot> reservations = new HashMap<>();

    ReservedDevices(ClusterState state) {
        this.state = state;
    }

    static boolean isReservation(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return Labels.RESERVATION_NAMESPACE.equals(pod.getMetadata().getNamespace())
                && labels != null
                && labels.containsKey(Labels.RESERVED_GPU);
    }

    void tell(String id, Pod pod) {
        String node = pod.getSpec().getNodeName();
        int index = Numbers.whole(pod.getMetadata().getLabels().get(Labels.RESERVED_GPU), -1);
        String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
        boolean ended = "Failed".equals(phase) || "Succeeded".equals(phase);
        if (node == null || index < 0 || index >= GpuRequest.MAX_DEVICES || ended) {
            remove(id);
        } else {
            reservations.put(id, new Spot(node, List.of(index), WHOLE_MILLI));
        }
    }

    boolean remove(String id) {
        if (reservations.remove(id) == null) {
            return false;
        }
        state.removeTask(id);
        return true;
    }

    Set<String> pods() {
        return new HashSet<>(reservations.keySet());
    }

    /** Puts the reservations into the state as they count now. */
    void settle(Iterable<Task> sharing) {
        if (reservations.isEmpty()) {
            return;
        }
        Set<Spot> shared = new HashSet<>();
        for (Task task : sharing) {
            Spot spot = task.spot();
            if (spot != null) {
                spot.devices().forEach(index -> shared.add(new Spot(spot.node(), List.of(index), WHOLE_MILLI)));
            }
        }
        reservations.forEach((id, spot) -> {
            boolean empty = !shared.contains(spot);
            Request request = Request.of(0, 0, empty ? new GpuRequest.Whole(1) : GpuRequest.NONE);
            Spot taken = empty ? spot : new Spot(spot.node(), List.of(), 0);
            state.put(Task.pending(id, "", 0, request).running(taken));
        });
    }
}
