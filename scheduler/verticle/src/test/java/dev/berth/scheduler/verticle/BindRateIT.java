package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Labels;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pods of one GPU that wait already, bound through a real API server by ours and by kube-scheduler, in turn and in one
 * run. Counted from the first bound pod to the last, so that no start is in the figure.
 */
@Tag("benchmark")
class BindRateIT {
    /** Ours alone, as kube-scheduler takes minutes for so many: the second half must not be much slower than the first. */
    @Test
    void tenThousandPodsDoNotFallOff() {
        try (RealCluster real = new RealCluster(1_000, 16)) {
            double rate = ours(real, "many", 10_000);
            long[] at = real.boundAt.values().stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            int half = at.length / 2;
            double first = half * 1e9 / (at[half] - at[0]);
            double second = half * 1e9 / (at[at.length - 1] - at[half]);
            System.out.println(new JsonObject()
                    .put("pods", at.length)
                    .put("nodes", 1_000)
                    .put("oursPerSecond", Math.round(rate))
                    .put("firstHalfPerSecond", Math.round(first))
                    .put("secondHalfPerSecond", Math.round(second)));
            assertThat(second).isGreaterThan(first / 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 200, 2"})
    void oursKeepsUpWithKubeScheduler(int pods, int nodes, int rounds) throws Exception {
        double ours = 0;
        double theirs = 0;
        try (RealCluster real = new RealCluster(nodes, 2 * rounds * pods / nodes + 2)) {
            for (int round = 0; round < rounds; round++) {
                theirs = Math.max(theirs, kubeScheduler(real, "theirs" + round, pods));
                ours = Math.max(ours, ours(real, "ours" + round, pods));
            }
        }
        System.out.println(new JsonObject()
                .put("pods", pods)
                .put("nodes", nodes)
                .put("oursPerSecond", Math.round(ours))
                .put("kubeSchedulerPerSecond", Math.round(theirs))
                .put("ratio", Math.round(100 * ours / theirs) / 100.0));
        assertThat(ours).isPositive();
    }

    private static double ours(RealCluster real, String prefix, int pods) {
        real.pods(prefix, pods, Labels.SCHEDULER_NAME);
        String scheduler = real.deploy(new SchedulerRole(), Map.of("leaseSeconds", 2));
        real.await("ours are bound", () -> real.bound(prefix) == pods);
        Story.get(real.vertx.undeploy(scheduler));
        return rate(real, prefix);
    }

    private static double kubeScheduler(RealCluster real, String prefix, int pods) throws Exception {
        real.pods(prefix, pods, "default-scheduler");
        try (AutoCloseable ignored = real.server.startBeside(
                "kube-scheduler",
                "--leader-elect=false",
                "--secure-port=0",
                "--kube-api-qps=5000",
                "--kube-api-burst=5000")) {
            real.await("theirs are bound", () -> real.bound(prefix) == pods);
        }
        return rate(real, prefix);
    }

    private static double rate(RealCluster real, String prefix) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        int count = 0;
        for (var entry : real.boundAt.entrySet()) {
            if (entry.getKey().name().startsWith(prefix + "-")) {
                first = Math.min(first, entry.getValue());
                last = Math.max(last, entry.getValue());
                count++;
            }
        }
        return (count - 1) * 1e9 / (last - first);
    }
}
