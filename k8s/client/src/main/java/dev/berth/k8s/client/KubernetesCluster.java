package dev.berth.k8s.client;

import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Kubernetes through fabric8: its blocking calls on workers, its watches on the watcher's context. */
final class KubernetesCluster implements Cluster {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("berth")
            .withForce(true)
            .build();
    /** How often a status without a version is put on the newest version before a conflict is told. */
    private static final int STATUS_ATTEMPTS = 3;

    private final String name;
    private final Vertx vertx;
    private final KubernetesClient client;
    private final KubeCalls calls;
    private final KubernetesLease leases;
    private final KubernetesClient streaming;
    private final KubernetesPodStreams pods;
    private final Set<KubernetesWatch<?>> watches = ConcurrentHashMap.newKeySet();
    private final KubernetesForeign foreign;

    KubernetesCluster(String name, Vertx vertx, KubernetesClient client, InstantSource clock) {
        this.name = name;
        this.vertx = vertx;
        this.client = client;
        this.calls = new KubeCalls(vertx, name);
        this.leases = new KubernetesLease(client, clock);
        this.foreign = new KubernetesForeign(client, calls, vertx, watches);
        this.streaming = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withHttp2Disable(true)
                        .build())
                .build();
        this.pods = new KubernetesPodStreams(vertx, streaming);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <T extends HasMetadata> Future<Optional<T>> get(Class<T> type, ObjectKey key) {
        return calls.call(
                what(type, key), () -> Optional.ofNullable(resource(type, key).get()));
    }

    @Override
    public <T extends HasMetadata> Watching watch(Class<T> type, Consumer<Change<T>> listener) {
        ChangeQueue<T> queue = new ChangeQueue<>(vertx.getOrCreateContext(), listener);
        KubernetesWatch<T> watch = new KubernetesWatch<>(
                calls, vertx, type.getSimpleName(), () -> client.resources(type).inAnyNamespace(), queue);
        watches.add(watch);
        watch.start();
        return () -> {
            watches.remove(watch);
            watch.close();
        };
    }

    @Override
    public <T extends HasMetadata> Future<T> create(T object) {
        return calls.call(what(object), () -> client.resource(object).create());
    }

    @Override
    public <T extends HasMetadata> Future<T> apply(T object) {
        return calls.call(what(object), () -> {
            T wanted = client.getKubernetesSerialization().clone(object);
            wanted.getMetadata().setManagedFields(List.of());
            return client.resource(wanted).patch(APPLY);
        });
    }

    @Override
    public <T extends HasMetadata> Future<T> replaceStatus(T object) {
        return calls.call(what(object), () -> {
            boolean anyVersion = isEmpty(object.getMetadata().getResourceVersion());
            for (int attempt = 1; ; attempt++) {
                try {
                    return client.resource(anyVersion ? onNewest(object) : object)
                            .updateStatus();
                } catch (KubernetesClientException failure) {
                    boolean changed = failure.getCode() == HttpURLConnection.HTTP_CONFLICT;
                    if (!anyVersion || !changed || attempt == STATUS_ATTEMPTS) {
                        throw failure;
                    }
                }
            }
        });
    }

    @Override
    public <T extends HasMetadata> Future<Void> delete(Class<T> type, ObjectKey key) {
        return calls.call(what(type, key), () -> resource(type, key).delete()).mapEmpty();
    }

    @Override
    public Future<Void> bind(ObjectKey pod, String node, Map<String, String> annotations) {
        Binding binding = new BindingBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .withAnnotations(annotations)
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        return post(pod, "binding", binding);
    }

    @Override
    public Future<Void> evict(ObjectKey pod, int graceSeconds) {
        Eviction eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withGracePeriodSeconds((long) graceSeconds)
                        .build())
                .build();
        return post(pod, "eviction", eviction);
    }

    @Override
    public Future<Boolean> holdLease(String lease, String holder, int ttlSeconds) {
        return calls.call("Lease " + lease, () -> leases.hold(lease, holder, ttlSeconds));
    }

    @Override
    public ForeignObjects foreign() {
        return foreign;
    }

    @Override
    public PodStreams pods() {
        return pods;
    }

    @Override
    public Future<Void> close() {
        watches.forEach(KubernetesWatch::close);
        watches.clear();
        return vertx.<Void>executeBlocking(() -> {
                    streaming.close();
                    client.close();
                    return null;
                })
                .eventually(calls::close);
    }

    /** Posts to a sub-resource of a pod; fabric8 answers null where the pod is not there. */
    private Future<Void> post(ObjectKey pod, String part, HasMetadata body) {
        String uri = "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name() + "/" + part;
        return calls.call(what(Pod.class, pod), () -> {
            if (client.raw(uri, "POST", body) == null) {
                throw new Refused(KubeRefusals.notFound(what(Pod.class, pod)));
            }
            return null;
        });
    }

    private <T extends HasMetadata> T onNewest(T object) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) object.getClass();
        ObjectKey key = ObjectKey.of(object);
        T newest = resource(type, key).get();
        if (newest == null) {
            throw new Refused(KubeRefusals.notFound(what(object)));
        }
        T copy = client.getKubernetesSerialization().clone(object);
        copy.getMetadata().setResourceVersion(newest.getMetadata().getResourceVersion());
        return copy;
    }

    private <T extends HasMetadata> Resource<T> resource(Class<T> type, ObjectKey key) {
        return key.namespace().isEmpty()
                ? client.resources(type).withName(key.name())
                : client.resources(type).inNamespace(key.namespace()).withName(key.name());
    }

    private static String what(HasMetadata object) {
        return what(object.getClass(), ObjectKey.of(object));
    }

    private static String what(Class<?> type, ObjectKey key) {
        return type.getSimpleName() + " " + key;
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
