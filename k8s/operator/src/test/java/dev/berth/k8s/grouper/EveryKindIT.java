package dev.berth.k8s.grouper;

import static dev.berth.k8s.grouper.Stage.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.k8s.adapter.BuiltInAdapters;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.SubGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.adapter.AdapterTest;
import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import dev.berth.model.Labels;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind with a built-in adapter on a real API server: its examples are stored as objects, with pods as the kind's
 * controller would make them, and must be grouped, shown, stopped and resumed as the examples say. Kinds that Kubernetes
 * does not bring have the least definition that keeps their fields.
 */
class EveryKindIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMESPACE = "kinds";
    private static final Set<String> KUBERNETES = Set.of("", "apps", "batch");

    private static Stage stage;

    static List<WorkloadAdapter> adapters() {
        return BuiltInAdapters.read().stream()
                .filter(adapter -> !adapter.getSpec().tests.isEmpty())
                .toList();
    }

    @BeforeAll
    static void start() {
        stage = new Stage();
        stage.namespace(NAMESPACE, Map.of(Labels.PROJECT, "vision"));
        adapters().forEach(EveryKindIT::define);
        stage.grouper(KubeApiServer.ADMIN);
    }

    @AfterAll
    static void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void itsExamplesComeTrue(WorkloadAdapter adapter) {
        int number = 0;
        for (AdapterTest test : adapter.getSpec().tests) {
            new Example(adapter, test, number++).play();
        }
    }

    private static String plural(WorkloadAdapter.Target target) {
        return target.kind.toLowerCase(Locale.ROOT) + "s";
    }

    private static void define(WorkloadAdapter adapter) {
        WorkloadAdapter.Target target = adapter.getSpec().target;
        if (KUBERNETES.contains(target.group)) {
            return;
        }
        String name = plural(target) + "." + target.group;
        stage.server.apply("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name, """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %s, annotations: {api-approved.kubernetes.io: unapproved}}
                spec:
                  group: %s
                  scope: Namespaced
                  names: {kind: %s, plural: %s, singular: %s}
                  versions:
                  - name: %s
                    served: true
                    storage: true
                    subresources: {status: {}}
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.formatted(
                        name,
                        target.group,
                        target.kind,
                        plural(target),
                        target.kind.toLowerCase(Locale.ROOT),
                        target.versions.get(0)));
    }

    /** One example as an object with pods. */
    private static final class Example {
        private final WorkloadAdapter adapter;
        private final AdapterTest test;
        private final WorkloadAdapter.Target target;
        private final ForeignKind kind;
        private final ObjectKey key;
        private final String path;
        private final List<ObjectKey> pods = new ArrayList<>();

        Example(WorkloadAdapter adapter, AdapterTest test, int number) {
            this.adapter = adapter;
            this.test = test;
            this.target = adapter.getSpec().target;
            String version = target.versions.get(0);
            this.kind = new ForeignKind(target.group.isEmpty() ? version : target.group + "/" + version, target.kind);
            String group = target.group.replaceAll("[^a-z0-9]", "");
            this.key = new ObjectKey(NAMESPACE, (target.kind + group + number).toLowerCase(Locale.ROOT));
            this.path = (target.group.isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion()) + "/namespaces/" + NAMESPACE
                    + "/" + plural(target) + "/" + key.name();
        }

        void play() {
            if (target.kind.equals("Pod")) {
                alone();
                return;
            }
            create();
            JsonNode before = object();
            makePods();
            stage.await(key + " is shown", () -> workload() != null);
            groups();
            if (!test.expect.phase.isEmpty() && !KUBERNETES.contains(target.group)) {
                stage.await(
                        key + " is " + test.expect.phase,
                        () -> workload().getStatus().phase.equals(test.expect.phase));
            }
            if (test.expect.suspend != null && !test.expect.suspend.isEmpty()) {
                stopAndResume(before);
            }
        }

        /** A pod that nothing owns, with what the example's first pod has. */
        private void alone() {
            if (!test.pods.isEmpty()) {
                makePods();
                stage.await(key + " is shown", () -> workload() != null);
                groups();
            }
        }

        private void create() {
            ObjectNode object = test.object.deepCopy();
            object.put("apiVersion", kind.apiVersion()).put("kind", target.kind);
            object.withObjectProperty("metadata").put("name", key.name()).put("namespace", NAMESPACE);
            JsonNode status = object.remove("status");
            if (KUBERNETES.contains(target.group)) {
                complete(object);
            }
            AtomicReference<RuntimeException> last = new AtomicReference<>();
            stage.await(key + " is taken", () -> {
                try {
                    stage.server.apply(path, object.toString());
                    return true;
                } catch (RuntimeException notYetServed) {
                    last.set(notYetServed);
                    return false;
                }
            });
            if (status != null && !KUBERNETES.contains(target.group)) {
                ObjectNode said = JSON.createObjectNode();
                said.put("apiVersion", kind.apiVersion()).put("kind", target.kind);
                said.withObjectProperty("metadata").put("name", key.name()).put("namespace", NAMESPACE);
                said.set("status", status);
                stage.server.apply(path + "/status", said.toString());
            }
        }

        /** What the API server insists on and the adapter does not look at. */
        private void complete(ObjectNode object) {
            ObjectNode spec = object.withObjectProperty("spec");
            ObjectNode template = spec.withObjectProperty("template");
            template.withObjectProperty("metadata").withObjectProperty("labels").put("app", key.name());
            ObjectNode pod = template.withObjectProperty("spec");
            pod.putArray("containers").addObject().put("name", "main").put("image", "registry.example/a:1");
            if (target.kind.equals("Job")) {
                pod.put("restartPolicy", "Never");
            } else {
                spec.withObjectProperty("selector")
                        .withObjectProperty("matchLabels")
                        .put("app", key.name());
            }
            if (target.kind.equals("StatefulSet")) {
                spec.put("serviceName", "none");
            }
        }

        private JsonNode object() {
            return JSON.valueToTree(get(stage.cluster.foreign().get(kind, key)).orElseThrow());
        }

        private void makePods() {
            List<JsonNode> given = test.pods.isEmpty()
                    ? adapter.getSpec().tests.stream()
                            .filter(other -> !other.pods.isEmpty())
                            .findFirst()
                            .map(other -> other.pods)
                            .orElse(List.of(JSON.createObjectNode()))
                    : test.pods;
            for (JsonNode one : given) {
                ObjectNode pod = JSON.createObjectNode();
                String name = target.kind.equals("Pod") ? key.name() : key.name() + "-" + pods.size();
                pod.put("apiVersion", "v1").put("kind", "Pod");
                ObjectNode metadata = pod.withObjectProperty("metadata");
                metadata.put("name", name).put("namespace", NAMESPACE);
                one.path("metadata").fields().forEachRemaining(field -> {
                    if (field.getKey().equals("labels") || field.getKey().equals("annotations")) {
                        metadata.set(field.getKey(), field.getValue());
                    }
                });
                if (!target.kind.equals("Pod")) {
                    ArrayNode owners = metadata.putArray("ownerReferences");
                    owners.addObject()
                            .put("apiVersion", kind.apiVersion())
                            .put("kind", target.kind)
                            .put("name", key.name())
                            .put("uid", object().at("/metadata/uid").asText())
                            .put("controller", true);
                }
                ObjectNode spec = pod.withObjectProperty("spec");
                spec.put("schedulerName", Labels.SCHEDULER_NAME);
                spec.putArray("containers").addObject().put("name", "main").put("image", "registry.example/a:1");
                stage.server.apply("/api/v1/namespaces/" + NAMESPACE + "/pods/" + name, pod.toString());
                pods.add(new ObjectKey(NAMESPACE, name));
            }
        }

        private Map<String, String> labels(ObjectKey pod) {
            Map<String, String> labels = get(stage.cluster.get(Pod.class, pod))
                    .orElseThrow()
                    .getMetadata()
                    .getLabels();
            return labels == null ? Map.of() : labels;
        }

        private Workload workload() {
            String name = labels(pods.get(0)).get(Labels.WORKLOAD);
            return name == null
                    ? null
                    : get(stage.cluster.get(Workload.class, new ObjectKey(NAMESPACE, name)))
                            .orElse(null);
        }

        private void groups() {
            pods.forEach(
                    pod -> stage.await(pod + " has its group", () -> labels(pod).containsKey(Labels.POD_GROUP)));
            boolean passed = adapter.getSpec().ownerAs.equals("PassThrough");
            ObjectKey first = new ObjectKey(NAMESPACE, labels(pods.get(0)).get(Labels.POD_GROUP));
            PodGroup group = get(stage.cluster.get(PodGroup.class, first)).orElseThrow();
            assertThat(group.getSpec().queue).isEqualTo("vision");
            if (passed || test.pods.isEmpty()) {
                return;
            }
            if (test.expect.min != null) {
                stage.await(
                        key + " needs " + test.expect.min,
                        () -> get(stage.cluster.get(PodGroup.class, first))
                                        .orElseThrow()
                                        .getSpec()
                                        .minMember
                                == test.expect.min);
            }
            if (!test.expect.subGroups.isEmpty()) {
                Map<String, Integer> parts = new TreeMap<>();
                for (SubGroup part : group.getSpec().subGroups) {
                    parts.put(part.name, part.minMember);
                }
                assertThat(parts).isEqualTo(new TreeMap<>(test.expect.subGroups));
            }
            for (int i = 0; i < test.expect.podSubGroups.size(); i++) {
                assertThat(labels(pods.get(i)).getOrDefault(Labels.SUB_GROUP, ""))
                        .isEqualTo(test.expect.podSubGroups.get(i));
            }
            Set<String> names = new HashSet<>();
            pods.forEach(pod -> names.add(labels(pod).get(Labels.POD_GROUP)));
            if (!test.expect.podKeys.isEmpty()) {
                assertThat(names).hasSameSizeAs(new HashSet<>(test.expect.podKeys));
            }
        }

        private void stopAndResume(JsonNode before) {
            stopped(true);
            test.expect
                    .suspend
                    .fields()
                    .forEachRemaining(write -> stage.await(key + " has " + write, () -> object().at(write.getKey())
                            .equals(write.getValue())));
            stage.await(key + " is stopped", () -> workload().getStatus().reason.equals("StoppedByUser"));
            stopped(false);
            stage.await(key + " is as it was", () -> object().path("spec").equals(before.path("spec")));
            JsonNode left = object().at("/metadata/annotations");
            stage.await(key + " remembers nothing", () -> !object().at("/metadata/annotations")
                    .has("berth.dev/before-suspend"));
            assertThat(left.isMissingNode()
                            || !left.has("berth.dev/gang-min")
                            || before.at("/metadata/annotations").has("berth.dev/gang-min"))
                    .isTrue();
        }

        private void stopped(boolean stopped) {
            get(stage.cluster
                    .foreign()
                    .patch(
                            new ForeignKind("berth.dev/v1alpha1", "Workload"),
                            ObjectKey.of(workload()),
                            "[{\"op\":\"add\",\"path\":\"/spec/stopped\",\"value\":" + stopped + "}]"));
        }
    }
}
