package dev.berth.k8s.grouper;

import static dev.berth.k8s.grouper.Stage.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.StatusCondition;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The grouper with the rights that it needs and no more, on a real API server. */
class GrouperIT {
    private static final String ADAPTER = "/apis/berth.dev/v1alpha1/workloadadapters/squad.example.com";
    private static final String SQUAD = """
            apiVersion: berth.dev/v1alpha1
            kind: WorkloadAdapter
            metadata: {name: squad.example.com}
            spec:
              target: {group: example.com, kind: Squad, versions: [v1]}
              roles: [{name: member, replicas: "%s"}]
              gang: [{unit: Workload}]
              tests:
              - name: three
                object: {spec: {size: 3}}
                expect: {min: %d}
            """;

    private static Stage stage;

    @BeforeAll
    static void start() {
        stage = new Stage("grouper");
        stage.namespace("work", Map.of(Labels.PROJECT, "vision"));
        for (String kind : new String[] {"Squad", "Secretive"}) {
            String plural = kind.toLowerCase(Locale.ROOT) + "s";
            stage.server.apply(
                    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + ".example.com",
                    """
                    apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata: {name: %s.example.com}
                    spec:
                      group: example.com
                      scope: Namespaced
                      names: {kind: %s, plural: %s}
                      versions:
                      - name: v1
                        served: true
                        storage: true
                        schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                    """.formatted(plural, kind, plural));
        }
        rights();
        stage.grouper("grouper");
    }

    private static void rights() {
        String rbac = "/apis/rbac.authorization.k8s.io/v1/";
        stage.server.apply(rbac + "clusterroles/grouper", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: grouper}
                rules:
                - {apiGroups: [""], resources: [pods], verbs: [get, list, watch, patch]}
                - {apiGroups: [""], resources: [namespaces], verbs: [list, watch]}
                - {apiGroups: [""], resources: [events], verbs: [create]}
                - {apiGroups: [berth.dev], resources: [projects, nodepools, workloadadapters], verbs: [get, list, watch]}
                - {apiGroups: [berth.dev], resources: [workloadadapters/status], verbs: [update]}
                - {apiGroups: [berth.dev], resources: [podgroups], verbs: [get, list, watch, create, patch]}
                - {apiGroups: [berth.dev], resources: [workloads], verbs: [get, list, watch, create, patch]}
                - {apiGroups: [berth.dev], resources: [workloads/status], verbs: [update]}
                - {apiGroups: [example.com], resources: [squads], verbs: [get, list, watch]}
                """);
        stage.server.apply(rbac + "clusterrolebindings/grouper", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: grouper}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: grouper}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: grouper}]
                """);
    }

    @AfterAll
    static void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void anAdapterOfAUserTakesEffectAtOnceAndABrokenOneLeavesTheLastGood() {
        stage.server.apply(ADAPTER, SQUAD.formatted("self.spec.size", 3));
        accepted("True", "Tested");
        owned("first", "Squad", "squad-a", "{\"size\":3}");
        stage.await("the gang is as large as the adapter says", () -> min("first") == 3);

        stage.server.apply(ADAPTER, SQUAD.formatted("self.spec.size +", 3));
        accepted("False", "Invalid");
        assertThat(condition().message).contains("spec.roles[0].replicas").contains("column");
        owned("second", "Squad", "squad-b", "{\"size\":4}");
        stage.await("the last good one is in use", () -> min("second") == 4);

        stage.server.apply(ADAPTER, SQUAD.formatted("self.spec.size * 2", 5));
        accepted("False", "Invalid");
        assertThat(condition().message).contains("three").contains("Expected 5, but got 6");

        stage.server.apply(ADAPTER, SQUAD.formatted("self.spec.size * 2", 6));
        accepted("True", "Tested");
        stage.await("groups that there are follow", () -> min("first") == 6 && min("second") == 8);
    }

    @Test
    void anOwnerThatIsGoneOrMayNotBeReadEndsTheWalkBelowIt() {
        String uid = object("Secretive", "hidden", "{}");
        pod("of-hidden", "Secretive", "hidden", uid);
        stage.await("it has a group of its own", () -> min("of-hidden") == 1);
        pod("of-nobody", "Squad", "never-was", "00000000-0000-0000-0000-000000000000");
        stage.await("it has a group of its own", () -> min("of-nobody") == 1);
        stage.await(
                "its workload shows it",
                () -> !label("of-nobody", Labels.WORKLOAD).isEmpty()
                        && get(stage.cluster.get(
                                        Workload.class, new ObjectKey("work", label("of-nobody", Labels.WORKLOAD))))
                                .map(one -> one.getStatus().phase.equals("Queued"))
                                .orElse(false));
    }

    @Test
    void podsThatNameOneGroupShareItAndOthersPodsAreNotTouched() {
        for (String name : new String[] {"one", "two"}) {
            stage.server.apply("/api/v1/namespaces/work/pods/" + name, """
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: %s
                      namespace: work
                      labels: {berth.dev/pod-group: together, berth.dev/gang-min: "2"}
                    spec: {schedulerName: berth-scheduler, containers: [{name: main, image: "registry.example/a:1"}]}
                    """.formatted(name));
        }
        stage.server.apply("/api/v1/namespaces/work/pods/others", """
                apiVersion: v1
                kind: Pod
                metadata: {name: others, namespace: work}
                spec: {containers: [{name: main, image: "registry.example/a:1"}]}
                """);
        stage.await(
                "the group is there", () -> get(stage.cluster.get(PodGroup.class, new ObjectKey("work", "together")))
                        .isPresent());
        stage.await(
                "both are shown",
                () -> !label("one", Labels.WORKLOAD).isEmpty()
                        && !label("two", Labels.WORKLOAD).isEmpty());
        assertThat(get(stage.cluster.get(PodGroup.class, new ObjectKey("work", "together")))
                        .orElseThrow()
                        .getSpec()
                        .minMember)
                .isEqualTo(2);
        assertThat(label("others", Labels.POD_GROUP)).isEmpty();
    }

    private static StatusCondition condition() {
        return get(stage.cluster.get(WorkloadAdapter.class, ObjectKey.clusterScoped("squad.example.com")))
                .orElseThrow()
                .getStatus()
                .conditions
                .get(0);
    }

    private static void accepted(String status, String reason) {
        stage.await("the adapter says " + reason, () -> {
            WorkloadAdapter now = get(stage.cluster.get(
                            WorkloadAdapter.class, ObjectKey.clusterScoped("squad.example.com")))
                    .orElseThrow();
            return now.getStatus().observedGeneration == now.getMetadata().getGeneration()
                    && condition().status.equals(status)
                    && condition().reason.equals(reason);
        });
    }

    private static void owned(String pod, String kind, String owner, String spec) {
        pod(pod, kind, owner, object(kind, owner, spec));
    }

    private static String object(String kind, String name, String spec) {
        String path = "/apis/example.com/v1/namespaces/work/" + kind.toLowerCase(Locale.ROOT) + "s/" + name;
        stage.await("the kind is served", () -> {
            try {
                stage.server.apply(path, """
                        {"apiVersion": "example.com/v1", "kind": "%s", "metadata": {"name": "%s", "namespace": "work"}, "spec": %s}
                        """.formatted(kind, name, spec));
                return true;
            } catch (RuntimeException notYet) {
                return false;
            }
        });
        return get(stage.cluster.foreign().get(new ForeignKind("example.com/v1", kind), new ObjectKey("work", name)))
                .orElseThrow()
                .getMetadata()
                .getUid();
    }

    private static void pod(String name, String kind, String owner, String uid) {
        stage.server.apply("/api/v1/namespaces/work/pods/" + name, """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: work
                  ownerReferences: [{apiVersion: example.com/v1, kind: %s, name: %s, uid: "%s", controller: true}]
                spec: {schedulerName: berth-scheduler, containers: [{name: main, image: "registry.example/a:1"}]}
                """.formatted(name, kind, owner, uid));
    }

    private static String label(String pod, String key) {
        Map<String, String> labels = get(stage.cluster.get(Pod.class, new ObjectKey("work", pod)))
                .orElseThrow()
                .getMetadata()
                .getLabels();
        return labels == null ? "" : labels.getOrDefault(key, "");
    }

    private static int min(String pod) {
        if (label(pod, Labels.POD_GROUP).isEmpty()) {
            return 0;
        }
        Optional<PodGroup> group =
                get(stage.cluster.get(PodGroup.class, new ObjectKey("work", label(pod, Labels.POD_GROUP))));
        return group.map(one -> one.getSpec().minMember).orElse(0);
    }
}
