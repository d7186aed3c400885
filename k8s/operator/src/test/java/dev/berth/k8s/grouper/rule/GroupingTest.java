package dev.berth.k8s.grouper.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.k8s.adapter.Adapter;
import dev.berth.k8s.adapter.AdapterCheck;
import dev.berth.k8s.adapter.AdapterFailure;
import dev.berth.k8s.adapter.BuiltInAdapters;
import dev.berth.k8s.adapter.PodPlace;
import dev.berth.k8s.adapter.RoleCount;
import dev.berth.k8s.adapter.Trees;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.model.GpuKeys;
import dev.berth.model.GpuRequest;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** YAML as people have it for KAI and Run:ai, and what becomes of it. */
class GroupingTest {
    private static final Map<String, Adapter> ADAPTERS = adapters();

    private String namespaceProject = "";

    @Test
    void aPodOfKaiWithPartOfAGpu() {
        Decision.Grouped grouped = decide("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: gpu-sharing
                  namespace: default
                  uid: u1
                  labels: {kai.scheduler/queue: team-a}
                  annotations: {gpu-fraction: "0.5"}
                """);
        assertThat(grouped.group().queue).isEqualTo("team-a");
        assertThat(grouped.group().minMember).isEqualTo(1);
        assertThat(grouped.group().priority).isEqualTo(50);
        assertThat(grouped.group().preemptible).isTrue();
        assertThat(grouped.warnings()).isEmpty();
        assertThat(GpuKeys.read(Map.of(), Map.of("gpu-fraction", "0.5")).request())
                .isEqualTo(new GpuRequest.Fraction(1, 500));
    }

    @Test
    void aJobOfRunAiWithClassAndPool() {
        Decision.Grouped grouped = decide("""
                apiVersion: v1
                kind: Pod
                metadata: {name: build-x, namespace: runai-team-b, uid: u2}
                """, """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: build
                  namespace: runai-team-b
                  uid: j
                  labels: {runai/queue: team-b, priorityClassName: build, runai/node-pool: a100}
                spec: {parallelism: 2}
                """);
        assertThat(grouped.group().queue).isEqualTo("team-b");
        assertThat(grouped.group().priority).isEqualTo(100);
        assertThat(grouped.group().preemptible).isFalse();
        assertThat(grouped.group().nodePool).isEqualTo("a100");
        assertThat(grouped.owner().uid()).as("each pod of a job for itself").isEqualTo("u2");
        assertThat(grouped.shown().uid()).isEqualTo("j");
        assertThat(grouped.wanted()).isEqualTo(2);
    }

    @Test
    void aGangOfKaiWithTopologyAndPreemptibility() {
        Decision.Grouped grouped = decide("""
                apiVersion: v1
                kind: Pod
                metadata: {name: w-1, namespace: default, uid: u3, labels: {training.kubeflow.org/replica-type: worker}}
                """, """
                apiVersion: kubeflow.org/v1
                kind: PyTorchJob
                metadata:
                  name: bert
                  namespace: default
                  uid: p
                  labels: {kai.scheduler/queue: team-a, kai.scheduler/preemptibility: non-preemptible}
                  annotations:
                    kai.scheduler/topology: racks
                    kai.scheduler/topology-required-placement: example.com/rack
                spec:
                  pytorchReplicaSpecs: {Master: {}, Worker: {replicas: 3}}
                """);
        assertThat(grouped.group().minMember).isEqualTo(4);
        assertThat(grouped.part()).isEqualTo("worker");
        assertThat(grouped.group().preemptible).isFalse();
        assertThat(grouped.group().topology.name).isEqualTo("racks");
        assertThat(grouped.group().topology.required).isEqualTo("example.com/rack");
    }

    @Test
    void anElasticGangNeedsItsMinimumOnly() {
        Decision.Grouped grouped = decide("""
                apiVersion: v1
                kind: Pod
                metadata: {name: w-1, namespace: default, uid: u4, labels: {training.kubeflow.org/replica-type: worker}}
                """, """
                apiVersion: kubeflow.org/v1
                kind: PyTorchJob
                metadata: {name: bert, namespace: default, uid: p, labels: {project: team-a}}
                spec:
                  elasticPolicy: {minReplicas: 2, maxReplicas: 6}
                  pytorchReplicaSpecs: {Worker: {replicas: 4}}
                """);
        assertThat(grouped.group().minMember).isEqualTo(2);
        assertThat(grouped.wanted()).isEqualTo(4);
    }

    @Test
    void aLabelDoesNotSpendWhatAnotherProjectWasGiven() {
        namespaceProject = "team-a";
        Decision.Grouped grouped = decide("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: n, uid: u5, labels: {berth.dev/project: team-b}}
                """);
        assertThat(grouped.group().queue).isEqualTo("team-a");
        assertThat(grouped.warnings())
                .singleElement()
                .extracting(Warning::reason)
                .isEqualTo("BadLabel");
    }

    @Test
    void valuesThatMeanNothingCountAsAbsentAndAreTold() {
        Decision.Grouped grouped = decide("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: p
                  namespace: n
                  uid: u6
                  labels: {berth.dev/priority: urgent, berth.dev/node-pool: nowhere, berth.dev/gang-min: many}
                  annotations: {gpu-fraction: "1.5"}
                """);
        assertThat(grouped.group().priority).isEqualTo(50);
        assertThat(grouped.group().nodePool).isEqualTo("default");
        assertThat(grouped.warnings()).hasSize(2).extracting(Warning::reason).containsOnly("BadLabel");
    }

    @Test
    void whatIsPassedThroughIsShownButFormsNoGroup() {
        Decision.Grouped grouped = decide("""
                apiVersion: v1
                kind: Pod
                metadata: {name: step, namespace: n, uid: u7}
                """, """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: flow, namespace: n, uid: w}
                """);
        assertThat(grouped.owner().uid()).isEqualTo("u7");
        assertThat(grouped.shown().uid()).isEqualTo("w");
        assertThat(grouped.group().minMember).isEqualTo(1);
    }

    @Test
    void anUnknownOwnerIsOneGroupOfMinimumOneUnlessSomethingKnownIsBelowIt() {
        String unknown = """
                apiVersion: example.com/v1
                kind: Experiment
                metadata: {name: e, namespace: n, uid: x}
                """;
        Decision.Grouped alone = decide("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: n, uid: u8}
                """, unknown);
        assertThat(alone.owner().uid()).isEqualTo("x");
        assertThat(alone.group().minMember).isEqualTo(1);
        Decision.Grouped above = decide("""
                apiVersion: v1
                kind: Pod
                metadata: {name: w, namespace: n, uid: u9, labels: {training.kubeflow.org/replica-type: worker}}
                """, """
                apiVersion: kubeflow.org/v1
                kind: JAXJob
                metadata: {name: j, namespace: n, uid: j}
                spec: {jaxReplicaSpecs: {Worker: {replicas: 3}}}
                """, unknown);
        assertThat(above.owner().uid()).isEqualTo("j");
        assertThat(above.group().minMember).isEqualTo(3);
    }

    @Test
    void aDaemonSetIsLeftAloneAndAPodWithoutItsLabelsWaits() {
        Chain daemon = chain("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: n, uid: u10}
                """, """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: d, namespace: n, uid: d}
                """);
        assertThat(Grouping.decide(daemon, new Around())).isInstanceOf(Decision.LeftAlone.class);
        Chain early = chain("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: n, uid: u11}
                """, """
                apiVersion: leaderworkerset.x-k8s.io/v1
                kind: LeaderWorkerSet
                metadata: {name: l, namespace: n, uid: l}
                spec: {leaderWorkerTemplate: {size: 2}}
                """);
        assertThatThrownBy(() -> Grouping.decide(early, new Around())).isInstanceOf(AdapterFailure.class);
    }

    @Test
    void anOwnerMadeAnewUnderItsOldNameHasOtherGroups() {
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: n, uid: u12, labels: {training.kubeflow.org/replica-type: worker}}
                """;
        String job = """
                apiVersion: kubeflow.org/v1
                kind: JAXJob
                metadata: {name: j, namespace: n, uid: %s}
                spec: {jaxReplicaSpecs: {Worker: {replicas: 3}}}
                """;
        Decision.Grouped one = decide(pod, job.formatted("first"));
        Decision.Grouped other = decide(pod, job.formatted("second"));
        assertThat(one.name()).isNotEqualTo(other.name()).hasSizeLessThanOrEqualTo(63);
        assertThat(one.workload()).isNotEqualTo(other.workload()).startsWith("jaxjob-j-");
    }

    private Decision.Grouped decide(String... yaml) {
        return (Decision.Grouped) Grouping.decide(chain(yaml), new Around());
    }

    private static Chain chain(String... yaml) {
        List<Link> links = new ArrayList<>();
        for (String one : yaml) {
            Map<?, ?> read = new KubernetesSerialization().unmarshal(one, Map.class);
            Map<String, Object> tree = Trees.of(read);
            links.add(Link.of(new ForeignKind(Trees.text(tree, "apiVersion"), Trees.text(tree, "kind")), tree));
        }
        return new Chain(links, List.of());
    }

    private static Map<String, Adapter> adapters() {
        AdapterCheck check = new AdapterCheck();
        Map<String, Adapter> all = new HashMap<>();
        BuiltInAdapters.read()
                .forEach(object -> all.put(
                        object.getSpec().target.kind + "." + object.getSpec().target.group,
                        check.check(object.getSpec()).adapter().orElseThrow()));
        return all;
    }

    private final class Around implements Surroundings {
        @Override
        public Optional<Adapter> adapter(ForeignKind kind) {
            return Optional.ofNullable(ADAPTERS.get(kind.kind() + "." + kind.group()));
        }

        @Override
        public boolean projectExists(String name) {
            return Set.of("team-a", "team-b").contains(name);
        }

        @Override
        public boolean poolExists(String name) {
            return name.equals("a100");
        }

        @Override
        public String projectOf(String namespace) {
            return namespaceProject;
        }

        @Override
        public Map<PodPlace, RoleCount> counts(String ownerUid) {
            return Map.of();
        }
    }
}
