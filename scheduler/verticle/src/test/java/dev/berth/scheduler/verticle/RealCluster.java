package dev.berth.scheduler.verticle;

import static dev.berth.scheduler.verticle.Story.get;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.PoolQuota;
import dev.berth.k8s.crd.Project;
import dev.berth.model.Labels;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleConfig;
import dev.berth.runtime.RoleContext;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** A real kube-apiserver with nodes that nobody plays, and what a watch tells of its pods. */
final class RealCluster implements AutoCloseable {
    static final String NAMESPACE = Labels.NAMESPACE_PREFIX + "vision";
    private static final int AT_A_TIME = 500;

    final KubeApiServer server = KubeApiServer.start().installBerthCrds();
    final Vertx vertx = Vertx.vertx();
    final Cluster cluster;
    final Map<ObjectKey, Pod> pods = new ConcurrentHashMap<>();
    private final Map<ObjectKey, BindRequest> requests = new ConcurrentHashMap<>();
    final Map<ObjectKey, Long> boundAt = new ConcurrentHashMap<>();
    private final Bus bus = new Bus(vertx, InstantSource.system());

    RealCluster(int nodes, int gpus) {
        cluster = get(Clusters.kubernetes("real", server.kubeconfig().toString(), vertx, InstantSource.system()));
        for (String name : List.of("berth", NAMESPACE, Labels.RESERVATION_NAMESPACE)) {
            server.apply("/api/v1/namespaces/" + name, """
                    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}
                    """.formatted(name));
        }
        Project project = new Project();
        project.setMetadata(new ObjectMetaBuilder().withName("vision").build());
        PoolQuota quota = new PoolQuota();
        quota.gpuMilli = new Amount(0, Amount.UNLIMITED, 1);
        project.getSpec().quotas.add(quota);
        get(cluster.apply(project));
        for (int i = 0; i < nodes; i++) {
            node("node-" + i, gpus);
        }
        cluster.watch(
                Pod.class,
                change -> change.match(
                        reset -> reset.all().forEach(this::told),
                        upserted -> told(upserted.object()),
                        deleted -> pods.remove(ObjectKey.of(deleted.object()))));
        cluster.watch(
                BindRequest.class,
                change -> change.match(
                        reset -> {
                            requests.clear();
                            reset.all().forEach(request -> requests.put(ObjectKey.of(request), request));
                        },
                        upserted -> requests.put(ObjectKey.of(upserted.object()), upserted.object()),
                        deleted -> requests.remove(ObjectKey.of(deleted.object()))));
    }

    /** Requests to the binder that are there. */
    int requests() {
        return requests.size();
    }

    private void told(Pod pod) {
        pods.put(ObjectKey.of(pod), pod);
        if (pod.getSpec().getNodeName() != null) {
            boundAt.putIfAbsent(ObjectKey.of(pod), System.nanoTime());
        }
    }

    /** Makes pods of one GPU each, {@code prefix-0} and so on, each of a group of its own where they are ours. */
    void pods(String prefix, int count, String scheduler) {
        if (scheduler.equals(Labels.SCHEDULER_NAME)) {
            all(count, i -> cluster.create(group(prefix + "-" + i)));
        }
        all(count, i -> cluster.create(pod(prefix + "-" + i, scheduler)));
    }

    long bound(String prefix) {
        return boundAt.keySet().stream()
                .filter(key -> key.name().startsWith(prefix + "-"))
                .count();
    }

    void await(String what, java.util.function.BooleanSupplier condition) {
        Story.await(vertx, what, condition);
    }

    private void all(int count, IntFunction<Future<?>> call) {
        for (int from = 0; from < count; from += AT_A_TIME) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + AT_A_TIME); i++) {
                calls.add(call.apply(i));
            }
            get(Future.all(calls));
        }
    }

    <C extends Record> String deploy(Role<C> role, Map<String, Object> more) {
        Map<String, Object> keys = new HashMap<>(more);
        keys.put("cluster", "real");
        keys.put("kubeconfig", server.kubeconfig().toString());
        C config = Objects.requireNonNull(new RoleConfig(Map.of()).read(role.name(), role.config(), keys));
        RoleContext context = new RoleContext(
                role.name(),
                vertx,
                bus,
                new Health(),
                new Meters(new SimpleMeterRegistry()),
                new Attachments(),
                InstantSource.system());
        return get(vertx.deployVerticle(
                role.deployments(config, context).get(0).verticle().get()));
    }

    static PodGroup group(String name) {
        PodGroup group = new PodGroup();
        group.setMetadata(
                new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build());
        group.getSpec().queue = "vision";
        group.getSpec().preemptible = true;
        return group;
    }

    static Pod pod(String name, String scheduler) {
        Map<String, Quantity> amounts = Map.of(Labels.GPU_RESOURCE, new Quantity("1"), "cpu", new Quantity("100m"));
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .addToLabels(Labels.POD_GROUP, name)
                .endMetadata()
                .withNewSpec()
                .withSchedulerName(scheduler)
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/train:1")
                .withNewResources()
                .withRequests(amounts)
                .withLimits(amounts)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    /** Applied twice, as the API server taints every new node, and the controller that takes the taint away is not here. */
    private void node(String name, int gpus) {
        String spec = """
                {"apiVersion": "v1", "kind": "Node",
                 "metadata": {"name": "%s", "labels": {"nvidia.com/gpu.product": "A100", "nvidia.com/gpu.memory": "80000"}},
                 "spec": {"taints": []}}
                """.formatted(name);
        server.apply("/api/v1/nodes/" + name, spec);
        server.apply("/api/v1/nodes/" + name, spec);
        server.apply("/api/v1/nodes/" + name + "/status", """
                {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s"},
                 "status": {"capacity": {"cpu": "64", "memory": "512Gi", "pods": "250", "nvidia.com/gpu": "%d"},
                            "allocatable": {"cpu": "64", "memory": "512Gi", "pods": "250", "nvidia.com/gpu": "%d"},
                            "conditions": [{"type": "Ready", "status": "True"}]}}
                """.formatted(name, gpus, gpus));
    }

    @Override
    public void close() {
        get(cluster.close());
        get(vertx.close());
        server.close();
    }
}
