package dev.berth.k8s.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.ProjectAccess;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.RoleContext;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Projects on a real kube-apiserver. */
class ProjectsIT {
    private static final InstantSource CLOCK = InstantSource.system();

    private static KubeApiServer server;
    private static Vertx vertx;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        server = KubeApiServer.start("ada").installBerthCrds();
        vertx = Vertx.vertx();
        cluster = get(Clusters.kubernetes("real", server.kubeconfig().toString(), vertx, CLOCK));
        RoleContext context = new RoleContext(
                "operator",
                vertx,
                new Bus(vertx, CLOCK),
                new Health(),
                new Meters(new SimpleMeterRegistry()),
                new Attachments(),
                CLOCK);
        OperatorConfig config = new OperatorConfig("real", "", 8, 20, 50, 500, 1_000);
        get(vertx.deployVerticle(new OperatorVerticle(
                config,
                context,
                () -> Clusters.kubernetes("real", server.kubeconfig().toString(), vertx, CLOCK))));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            get(cluster.close());
            get(vertx.close());
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aProjectGetsItsNamespaceWithAccessBoundsAndIsolation() {
        Project project = project("vision", "");
        project.getSpec().access.add(access("User", "ada", "viewer"));
        project.getSpec().access.add(access("ServiceAccount", "builder", "editor"));
        project.getSpec().containers.defaultCpuMilli = 500;
        project.getSpec().containers.defaultMemoryMib = 1024;
        project.getSpec().containers.maxMemoryMib = 4096;
        project.getSpec().isolated = true;
        get(cluster.apply(project));

        assertThat(ready("vision").namespace).isEqualTo("berth-p-vision");
        RoleBinding viewers = await(() -> found(RoleBinding.class, "berth-p-vision", "berth-viewer"));
        assertThat(viewers.getRoleRef().getName()).isEqualTo("view");
        assertThat(viewers.getSubjects()).extracting(Subject::getName).containsExactly("ada");
        RoleBinding editors = await(() -> found(RoleBinding.class, "berth-p-vision", "berth-editor"));
        assertThat(editors.getSubjects()).extracting(Subject::getNamespace).containsExactly("berth-p-vision");
        LimitRange limits = await(() -> found(LimitRange.class, "berth-p-vision", "berth-limits"));
        assertThat(limits.getSpec().getLimits().get(0).getDefaultRequest())
                .containsEntry("cpu", new Quantity("500m"))
                .containsEntry("memory", new Quantity("1Gi"));
        assertThat(limits.getSpec().getLimits().get(0).getMax()).containsOnlyKeys("memory");
        await(() -> found(NetworkPolicy.class, "berth-p-vision", "berth-isolation"));
    }

    @Test
    void whatOthersTakeAwayComesBackAndWhatIsNoLongerWantedGoes() {
        Project project = project("drift", "");
        project.getSpec().access.add(access("User", "ada", "viewer"));
        project.getSpec().isolated = true;
        get(cluster.apply(project));
        await(() -> found(NetworkPolicy.class, "berth-p-drift", "berth-isolation"));

        get(cluster.delete(NetworkPolicy.class, new ObjectKey("berth-p-drift", "berth-isolation")));
        await(() -> found(NetworkPolicy.class, "berth-p-drift", "berth-isolation"));

        project.getSpec().isolated = false;
        get(cluster.apply(project));
        await(() ->
                found(NetworkPolicy.class, "berth-p-drift", "berth-isolation").isEmpty()
                        ? Optional.of(true)
                        : Optional.empty());
        assertThat(found(RoleBinding.class, "berth-p-drift", "berth-viewer")).isPresent();
    }

    @Test
    void anExistingNamespaceIsAdoptedOnlyOnceItsOwnerLabelsIt() {
        namespace("research", Map.of());
        get(cluster.apply(project("physics", "research")));
        Project.Status refused = await(() -> status("physics").filter(status -> status.phase.equals("Refused")));
        assertThat(refused.message).contains("berth.dev/project=physics");

        namespace("research", Map.of(Labels.PROJECT, "physics"));
        assertThat(ready("physics").namespace).isEqualTo("research");

        get(cluster.delete(Project.class, ObjectKey.clusterScoped("physics")));
        get(cluster.apply(project("marker", "")));
        ready("marker");
        assertThat(get(cluster.get(Namespace.class, ObjectKey.clusterScoped("research"))))
                .as("what Berth did not make it does not remove")
                .hasValueSatisfying(
                        namespace -> assertThat(namespace.getMetadata().getDeletionTimestamp())
                                .isNull());
    }

    @Test
    void aDeletedProjectLosesItsAccessAndKeepsItsNamespaceAndWork() {
        Project project = project("closing", "");
        project.getSpec().access.add(access("User", "ada", "editor"));
        get(cluster.apply(project));
        await(() -> found(RoleBinding.class, "berth-p-closing", "berth-editor"));
        Workload workload = new Workload();
        workload.getMetadata().setNamespace("berth-p-closing");
        workload.getMetadata().setName("train");
        workload.getSpec().project = "closing";
        workload.getSpec().pod.image = "registry.example/train:1";
        get(cluster.create(workload));
        await(() ->
                get(cluster.get(Workload.class, ObjectKey.of(workload))).filter(found -> found.getStatus() != null));

        get(cluster.delete(Project.class, ObjectKey.clusterScoped("closing")));

        await(() -> found(RoleBinding.class, "berth-p-closing", "berth-editor").isEmpty()
                ? Optional.of(true)
                : Optional.empty());
        assertThat(get(cluster.get(Workload.class, ObjectKey.of(workload))))
                .as("its work is not touched")
                .hasValueSatisfying(found ->
                        assertThat(found.getMetadata().getDeletionTimestamp()).isNull());
        assertThat(get(cluster.get(Namespace.class, ObjectKey.clusterScoped("berth-p-closing"))))
                .hasValueSatisfying(found ->
                        assertThat(found.getMetadata().getDeletionTimestamp()).isNull());
    }

    @Test
    void aNamespaceThatIsThereBeforeItsProjectWaitsForIt() {
        namespace("berth-p-early", Map.of(Labels.PROJECT, "early", Labels.MANAGED_BY, Labels.MANAGER));
        get(cluster.apply(project("marker-early", "")));
        ready("marker-early");

        get(cluster.apply(project("early", "")));

        assertThat(ready("early").namespace).isEqualTo("berth-p-early");
        assertThat(get(cluster.get(Namespace.class, ObjectKey.clusterScoped("berth-p-early"))))
                .hasValueSatisfying(found ->
                        assertThat(found.getMetadata().getDeletionTimestamp()).isNull());
    }

    private static Project project(String name, String namespace) {
        Project project = new Project();
        project.getMetadata().setName(name);
        project.getSpec().namespace = namespace;
        return project;
    }

    private static ProjectAccess access(String kind, String name, String role) {
        ProjectAccess access = new ProjectAccess();
        access.kind = kind;
        access.name = name;
        access.role = role;
        return access;
    }

    private static void namespace(String name, Map<String, String> labels) {
        get(cluster.apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build()));
    }

    private static Project.Status ready(String name) {
        return await(() -> status(name).filter(status -> status.phase.equals("Ready")));
    }

    private static Optional<Project.Status> status(String name) {
        return get(cluster.get(Project.class, ObjectKey.clusterScoped(name))).map(Project::getStatus);
    }

    private static <T extends HasMetadata> Optional<T> found(Class<T> type, String namespace, String name) {
        return get(cluster.get(type, new ObjectKey(namespace, name)));
    }

    /** Asks until there is an answer, or fails after a minute. */
    private static <T> T await(Supplier<Optional<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        long asking = vertx.setPeriodic(50, ignored -> vertx.executeBlocking(question::get)
                .onSuccess(found -> found.ifPresent(answer::complete)));
        try {
            return answer.get(60, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        } finally {
            vertx.cancelTimer(asking);
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
