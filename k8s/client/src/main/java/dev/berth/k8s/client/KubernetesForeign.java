package dev.berth.k8s.client;

import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Foreign kinds through fabric8. The API server is asked once for the plural and scope of a kind that it serves. */
final class KubernetesForeign implements ForeignObjects {
    private static final PatchContext JSON_PATCH = new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager("berth")
            .build();

    private final KubernetesClient client;
    private final KubeCalls calls;
    private final Vertx vertx;
    private final Set<KubernetesWatch<?>> watches;
    private final Map<ForeignKind, ResourceDefinitionContext> served = new ConcurrentHashMap<>();

    /** @param watches where open watches are kept, to be closed with the cluster */
    KubernetesForeign(KubernetesClient client, KubeCalls calls, Vertx vertx, Set<KubernetesWatch<?>> watches) {
        this.client = client;
        this.calls = calls;
        this.vertx = vertx;
        this.watches = watches;
    }

    @Override
    public Future<Optional<GenericKubernetesResource>> get(ForeignKind kind, ObjectKey key) {
        return calls.call(what(kind, key), () -> {
            ResourceDefinitionContext context = context(kind);
            return context == null
                    ? Optional.empty()
                    : Optional.ofNullable(resource(context, key).get());
        });
    }

    @Override
    public Cluster.Watching watch(ForeignKind kind, Consumer<Change<GenericKubernetesResource>> listener) {
        ChangeQueue<GenericKubernetesResource> queue = new ChangeQueue<>(vertx.getOrCreateContext(), listener);
        KubernetesWatch<GenericKubernetesResource> watch = new KubernetesWatch<>(
                calls, vertx, kind.toString(), () -> operation(known(kind)).inAnyNamespace(), queue);
        watches.add(watch);
        watch.start();
        return () -> {
            watches.remove(watch);
            watch.close();
        };
    }

    @Override
    public Future<Void> patch(ForeignKind kind, ObjectKey key, String patch) {
        return calls.call(what(kind, key), () -> {
            resource(known(kind), key).patch(JSON_PATCH, patch);
            return null;
        });
    }

    private ResourceDefinitionContext known(ForeignKind kind) {
        ResourceDefinitionContext context = context(kind);
        if (context == null) {
            throw new Refused(KubeRefusals.notFound("kind " + kind));
        }
        return context;
    }

    private @Nullable ResourceDefinitionContext context(ForeignKind kind) {
        ResourceDefinitionContext known = served.get(kind);
        if (known != null) {
            return known;
        }
        APIResourceList all = client.getApiResources(kind.apiVersion());
        if (all == null) {
            return null;
        }
        for (APIResource one : all.getResources()) {
            if (one.getKind().equals(kind.kind()) && one.getName().indexOf('/') < 0) {
                ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                        .withGroup(kind.group())
                        .withVersion(
                                kind.apiVersion().substring(kind.apiVersion().indexOf('/') + 1))
                        .withKind(kind.kind())
                        .withPlural(one.getName())
                        .withNamespaced(Boolean.TRUE.equals(one.getNamespaced()))
                        .build();
                served.put(kind, context);
                return context;
            }
        }
        return null;
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            operation(ResourceDefinitionContext context) {
        return client.genericKubernetesResources(context);
    }

    private Resource<GenericKubernetesResource> resource(ResourceDefinitionContext context, ObjectKey key) {
        return key.namespace().isEmpty() || !context.isNamespaceScoped()
                ? operation(context).withName(key.name())
                : operation(context).inNamespace(key.namespace()).withName(key.name());
    }

    private static String what(ForeignKind kind, ObjectKey key) {
        return kind + " " + key;
    }
}
