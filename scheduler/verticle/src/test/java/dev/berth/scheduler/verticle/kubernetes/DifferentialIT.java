package dev.berth.scheduler.verticle.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.predicate.Constraints;
import dev.berth.scheduler.core.predicate.Population;
import dev.berth.scheduler.core.predicate.Verdict;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random clusters and pods, each shown to the real kube-scheduler and to ours: both must find the same nodes feasible, and
 * as many nodes infeasible for the same reason.
 */
class DifferentialIT {
    private static final int WORLDS = Integer.getInteger("berth.predicate.worlds", 36);
    private static final int FIRST_SEED = Integer.getInteger("berth.predicate.seed", 1);
    private static final int PODS = 60;
    private static final int ENOUGH = 2_000;
    private static final int CHECKS = 600;

    private static KubeApiServer server;
    private static KubernetesClient client;
    private static RealScheduler real;

    @BeforeAll
    static void start() throws IOException {
        server = KubeApiServer.start();
        server.apply("/apis/node.k8s.io/v1/runtimeclasses/heavy", """
                {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "heavy"}, "handler": "heavy",
                 "overhead": {"podFixed": {"cpu": "300m", "memory": "200Mi"}}}
                """);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .build();
        real = new RealScheduler(server);
    }

    @AfterAll
    static void stop() throws IOException {
        if (real != null) {
            real.close();
        }
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theSameNodesAreFeasibleAsForTheRealScheduler() {
        Table table = new Table();
        for (int world = 0; world < WORLDS; world++) {
            compare(FIRST_SEED + world, table);
        }
        System.out.println(table);
        assertThat(table.differences()).isEmpty();
        assertThat(table.cases()).isGreaterThanOrEqualTo(WORLDS >= 36 ? ENOUGH : 1);
    }

    private static void compare(long seed, Table table) {
        RandomWorld world = new RandomWorld(client, seed);
        Map<Pod, Predicate> waiting = world.ask(PODS);
        Population population = world.population();
        Map<String, String> messages = answers(world, waiting);
        Map<Pod, Predicate> again = new LinkedHashMap<>();
        waiting.forEach((pod, focus) -> {
            Case one = judge(population, world.storage(), pod, messages.get(key(pod)));
            if (!one.isEqual()) {
                again.put(pod, focus);
            } else {
                one.enter(table, focus);
            }
        });
        if (!again.isEmpty()) {
            askAgain(world, population, again, table);
        }
        world.remove();
    }

    /**
     * The real scheduler hears of nodes, pods and claims by separate watches, so it may have looked before it knew all. What
     * differed is asked once more, and only then counts.
     */
    private static void askAgain(RandomWorld world, Population population, Map<Pod, Predicate> pods, Table table) {
        Map<Pod, Predicate> anew = new LinkedHashMap<>();
        pods.forEach((pod, focus) -> anew.put(world.askAgain(pod), focus));
        Map<String, String> messages = answers(world, anew);
        anew.forEach((pod, focus) ->
                judge(population, world.storage(), pod, messages.get(key(pod))).enter(table, focus));
    }

    /** What the real scheduler says of each pod, once it has looked at all of them. */
    private static Map<String, String> answers(RandomWorld world, Map<Pod, Predicate> waiting) {
        Map<String, String> messages = new HashMap<>();
        for (int check = 0; check < CHECKS; check++) {
            world.namespaceNames().forEach(namespace -> client.pods().inNamespace(namespace).list().getItems().stream()
                    .forEach(pod -> message(pod).ifPresent(message -> messages.put(key(pod), message))));
            if (waiting.keySet().stream().allMatch(pod -> messages.containsKey(key(pod)))) {
                return messages;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        throw new AssertionError("kube-scheduler did not look at all pods:\n" + real.lastLines());
    }

    private static Optional<String> message(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType()))
                .map(PodCondition::getMessage)
                .findFirst();
    }

    private static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    private static Case judge(Population population, Storage storage, Pod pod, String message) {
        Constraints constraints = population.constraints(PodFactsReading.read(pod, storage));
        Set<String> ours = new TreeSet<>();
        Map<String, Integer> reasons = new TreeMap<>();
        for (int node = 0; node < population.size(); node++) {
            Verdict verdict = constraints.check(node);
            assertThat(constraints.admits(node)).isEqualTo(verdict == Verdict.ADMITTED);
            if (verdict instanceof Verdict.Refused refused) {
                KubeWords.of(refused).forEach(word -> reasons.merge(word, 1, Integer::sum));
            } else {
                ours.add(population.node(node).name());
            }
        }
        return new Case(pod, message, real.passed(key(pod)), ours, reasons);
    }

    private record Case(Pod pod, String message, Set<String> theirs, Set<String> ours, Map<String, Integer> reasons) {
        boolean isEqual() {
            return ours.equals(theirs)
                    && KubeWords.counts(message).map(reasons::equals).orElse(true);
        }

        void enter(Table table, Predicate focus) {
            table.add(focus, ours.equals(theirs), !theirs.isEmpty());
            KubeWords.counts(message).ifPresent(counts -> table.addCounts(focus, counts.equals(reasons)));
            reasons.forEach((word, count) -> table.refused(word.startsWith("all nodes") ? "all nodes at once" : word));
            if (!isEqual()) {
                table.difference("%s %s%n  real: %s %s%n  ours: %s %s%n  %s"
                        .formatted(
                                focus, key(pod), theirs, message, ours, reasons, Serialization.asJson(pod.getSpec())));
            }
        }
    }
}
