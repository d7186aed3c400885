package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Statement;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decisions that were handed to the binder, as a watch tells them. An open one counts as if its pod were bound already,
 * also one of the leader before; a failed one is a refusal; one that is over is taken away.
 */
final class Requests {
    private final Cluster cluster;
    private final Map<String, BindRequest> byTask = new HashMap<>();
    private final Set<String> deleting = new HashSet<>();
    private Listener listener = new Listener() {};

    /** Told of what changes what is assumed. */
    interface Listener {
        default void asked(String task, String podUid, Spot spot) {}

        default void failed(Statement.Bind bind, String why) {}
    }

    Requests(Cluster cluster) {
        this.cluster = cluster;
    }

    void tell(Listener to) {
        listener = to;
    }

    void told(Change<BindRequest> change) {
        change.match(
                reset -> {
                    byTask.clear();
                    deleting.clear();
                    reset.all().forEach(this::put);
                },
                upserted -> put(upserted.object()),
                deleted -> {
                    byTask.remove(task(deleted.object()));
                    deleting.remove(task(deleted.object()));
                });
    }

    private void put(BindRequest request) {
        String task = task(request);
        byTask.put(task, request);
        BindRequest.Spec spec = request.getSpec();
        if (isOpen(request)) {
            listener.asked(task, spec.podUid, spot(spec));
        } else if (BindRequest.FAILED.equals(request.getStatus().phase)) {
            String why = request.getStatus().message;
            listener.failed(new Statement.Bind(task, "", spec.node, spec.devices, spec.milliPerDevice), why);
        }
    }

    /** Where the binder is to put the pod; empty where it is not asked to, or no longer. */
    Optional<Spot> open(String task, String podUid) {
        BindRequest request = byTask.get(task);
        return request != null && isOpen(request) && request.getSpec().podUid.equals(podUid)
                ? Optional.of(spot(request.getSpec()))
                : Optional.empty();
    }

    boolean isOpen(String task) {
        BindRequest request = byTask.get(task);
        return request != null && isOpen(request);
    }

    /** Takes away what is over. A success stays until its pod was told, as it is all that says so until then. */
    void collect(Predicate<String> assumed) {
        List<BindRequest> over = new ArrayList<>();
        byTask.forEach((task, request) -> {
            boolean failed = BindRequest.FAILED.equals(request.getStatus().phase);
            boolean done = BindRequest.SUCCEEDED.equals(request.getStatus().phase) && !assumed.test(task);
            if ((failed || done) && deleting.add(task)) {
                over.add(request);
            }
        });
        for (BindRequest request : over) {
            cluster.delete(BindRequest.class, ObjectKey.of(request)).onFailure(again -> deleting.remove(task(request)));
        }
    }

    /** Hands the decision over. */
    Future<BindRequest> ask(Statement.Bind bind, BindNeeds needs) {
        int slash = bind.task().indexOf('/');
        String pod = bind.task().substring(slash + 1);
        BindRequest request = new BindRequest();
        request.setMetadata(new ObjectMetaBuilder()
                .withNamespace(bind.task().substring(0, slash))
                .withName(needs.uid())
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod)
                .withUid(needs.uid())
                .endOwnerReference()
                .build());
        BindRequest.Spec spec = request.getSpec();
        spec.pod = pod;
        spec.podUid = needs.uid();
        spec.node = bind.node();
        spec.devices = new ArrayList<>(bind.devices());
        spec.milliPerDevice = bind.devices().isEmpty() ? 0 : bind.milliPerDevice();
        spec.memoryMib = needs.memoryMib();
        spec.volumes = new ArrayList<>(needs.volumes());
        spec.claims = new ArrayList<>(needs.claims());
        return cluster.create(request);
    }

    private static boolean isOpen(BindRequest request) {
        String phase = request.getStatus().phase;
        return !BindRequest.SUCCEEDED.equals(phase) && !BindRequest.FAILED.equals(phase);
    }

    private static Spot spot(BindRequest.Spec spec) {
        return new Spot(spec.node, spec.devices, spec.milliPerDevice);
    }

    private static String task(BindRequest request) {
        return new ObjectKey(request.getMetadata().getNamespace(), request.getSpec().pod).toString();
    }
}
