package dev.berth.k8s.binder;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests, reservations and who shares which device, as two watches tell. Of all other pods nothing is kept.
 */
final class BindBook {
    private final Map<ObjectKey, BindRequest> requests = new HashMap<>();
    private final Map<Slot, Reservation> reservations = new HashMap<>();
    private final Map<ObjectKey, List<Slot>> sharers = new HashMap<>();
    /** Pods that we bound and of which the watch has not told yet: their devices are in use already. */
    private final Map<ObjectKey, List<Slot>> settling = new HashMap<>();

    private final Consumer<ObjectKey> touched;

    /** @param touched told the key of a request about which something changed */
    BindBook(Consumer<ObjectKey> touched) {
        this.touched = touched;
    }

    void requests(Change<BindRequest> change) {
        change.match(
                reset -> {
                    requests.clear();
                    reset.all().forEach(this::put);
                },
                upserted -> put(upserted.object()),
                deleted -> {
                    requests.remove(ObjectKey.of(deleted.object()));
                    touched.accept(ObjectKey.of(deleted.object()));
                });
    }

    private void put(BindRequest request) {
        requests.put(ObjectKey.of(request), request);
        touched.accept(ObjectKey.of(request));
    }

    void pods(Change<Pod> change) {
        change.match(
                reset -> {
                    reservations.clear();
                    sharers.clear();
                    settling.clear();
                    reset.all().forEach(this::put);
                },
                upserted -> put(upserted.object()),
                deleted -> {
                    ObjectKey key = ObjectKey.of(deleted.object());
                    sharers.remove(key);
                    settling.remove(key);
                    Reservation.read(deleted.object()).ifPresent(gone -> {
                        reservations.remove(gone.slot());
                        touch(gone.slot());
                    });
                });
    }

    private void put(Pod pod) {
        Reservation.read(pod)
                .ifPresentOrElse(
                        held -> {
                            if (!held.equals(reservations.put(held.slot(), held))) {
                                touch(held.slot());
                            }
                        },
                        () -> putSharer(pod));
    }

    private void putSharer(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        List<Slot> slots = slots(pod);
        if (slots.isEmpty()) {
            sharers.remove(key);
        } else {
            sharers.put(key, slots);
        }
        if (pod.getSpec().getNodeName() != null) {
            settling.remove(key);
        }
    }

    /** Slots of which the pod has a part, until its containers have ended. */
    private static List<Slot> slots(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String node = pod.getSpec().getNodeName();
        if (annotations == null || node == null || !annotations.containsKey(Labels.ASSIGNED_GPU_UUIDS)) {
            return List.of();
        }
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
            return List.of();
        }
        List<Slot> slots = new ArrayList<>();
        for (String index : annotations.getOrDefault(Labels.ASSIGNED_GPUS, "").split(",", 65)) {
            if (index.matches("[0-9]{1,2}")) {
                slots.add(new Slot(node, Integer.parseInt(index)));
            }
        }
        return slots;
    }

    private void touch(Slot slot) {
        requests.forEach((key, request) -> {
            if (request.getSpec().node.equals(slot.node())
                    && request.getSpec().devices.contains(slot.index())) {
                touched.accept(key);
            }
        });
    }

    @Nullable
    BindRequest request(ObjectKey key) {
        return requests.get(key);
    }

    Map<Slot, Reservation> reservations(BindRequest request) {
        Map<Slot, Reservation> held = new HashMap<>();
        for (Slot slot : Slot.of(request.getSpec().node, request.getSpec().devices)) {
            Reservation known = reservations.get(slot);
            if (known != null) {
                held.put(slot, known);
            }
        }
        return held;
    }

    /** Our binding of the request's pod is on its way, or done and not told of yet. */
    void settling(BindRequest request) {
        ObjectKey pod = new ObjectKey(request.getMetadata().getNamespace(), request.getSpec().pod);
        if (!sharers.containsKey(pod) && !request.getSpec().devices.isEmpty()) {
            settling.put(pod, Slot.of(request.getSpec().node, request.getSpec().devices));
        }
    }

    /** The request's pod is certainly not bound by us. */
    void notSettling(BindRequest request) {
        settling.remove(new ObjectKey(request.getMetadata().getNamespace(), request.getSpec().pod));
    }

    /** Reservations that nobody needs: no pod has a part, and no request that is not over asks for one. */
    Set<Slot> unused() {
        Set<Slot> unused = new HashSet<>(reservations.keySet());
        unused.removeIf(slot -> held(slot).leaving());
        sharers.values().forEach(unused::removeAll);
        settling.values().forEach(unused::removeAll);
        requests.values().stream()
                .filter(request -> !isOver(request))
                .forEach(request -> unused.removeAll(Slot.of(request.getSpec().node, request.getSpec().devices)));
        return unused;
    }

    private Reservation held(Slot slot) {
        return Objects.requireNonNull(reservations.get(slot));
    }

    static boolean isOver(BindRequest request) {
        String phase = request.getStatus() == null ? "" : request.getStatus().phase;
        return BindRequest.SUCCEEDED.equals(phase) || BindRequest.FAILED.equals(phase);
    }

    /** Requests that are not over. */
    List<ObjectKey> open() {
        return requests.entrySet().stream()
                .filter(entry -> !isOver(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
