package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.PodShape;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.simulated.Faults;
import dev.berth.k8s.simulated.SeededFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five hundred workloads of all shapes, by seed, drained under a checker that shares nothing with the scheduler. */
class RandomLoadTest {
    private static final int WORKLOADS = 500;
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everythingEndsAndNothingIsOverCommitted(long seed) {
        drain(seed, Faults.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void conflictsAndDelaysChangeNothing(long seed) {
        drain(seed, new SeededFaults(seed, 50, 300));
    }

    private static void drain(long seed, Faults faults) {
        try (Story story = Story.on("6x8:A100:80000,4x4:T4:16000,2x0", faults)) {
            story.with("leaseSeconds", 300);
            story.project("vision", new Amount(20_000, Amount.UNLIMITED, 2));
            story.project("speech", new Amount(8_000, 24_000, 1));
            story.operator();
            story.scheduler();
            Random random = new Random(seed);
            List<Workload> all = new ArrayList<>();
            for (int i = 0; i < WORKLOADS; i++) {
                Workload one = random(random, i);
                all.add(one);
                story.submit(one);
            }

            story.await("all have ended", () -> all.stream().allMatch(one -> OVER.contains(story.status(one).phase)));

            int pods = all.stream().mapToInt(one -> one.getSpec().workers).sum();
            assertThat(story.check.violations()).isEmpty();
            assertThat(story.kubelets.rejected()).isZero();
            assertThat(story.check.binds())
                    .as("each pod once, and once more only after an eviction")
                    .isBetween(pods, pods + (int) story.evictions());
            assertThat(story.check.partialGangs()).isEmpty();
        }
    }

    private static Workload random(Random random, int index) {
        int shape = random.nextInt(10);
        PodShape.Gpu gpu;
        if (shape < 4) {
            gpu = Story.gpus(1 + random.nextInt(4));
        } else if (shape < 7) {
            gpu = Story.part(100 * (1 + random.nextInt(9)));
        } else if (shape < 8) {
            gpu = new PodShape.Gpu(1, 0, 1_000L * (1 + random.nextInt(15)));
        } else if (shape < 9) {
            gpu = new PodShape.Gpu(2, 500, 0);
        } else {
            gpu = Story.gpus(0);
        }
        int workers = random.nextInt(5) == 0 ? 2 + random.nextInt(4) : 1;
        String project = random.nextBoolean() ? "vision" : "speech";
        Workload workload = Story.workload(project, "job-" + index, workers, gpu, 500 + random.nextInt(20_000));
        workload.getSpec().pod.cpuMilli = 500L * (1 + random.nextInt(8));
        workload.getSpec().pod.memoryMib = 512L * (1 + random.nextInt(16));
        if (random.nextInt(8) == 0) {
            workload.getSpec().pod.gpuModels.add("A100");
        }
        return workload;
    }
}
