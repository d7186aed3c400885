package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.VirtualClock;
import dev.berth.scheduler.core.ClusterState;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which members of a gang need not be waited for any more. */
@ExtendWith(VertxExtension.class)
class FinishedTest {
    private static final String GROUP = Pods.NAMESPACE + "/train";

    private final List<String> told = new ArrayList<>();
    private final Finished finished = new Finished(told::add);
    private TaskBook tasks;

    @BeforeEach
    void begin(Vertx vertx) {
        tasks = new TaskBook(
                vertx,
                new ClusterState(),
                finished,
                new Requests(new SimulatedCluster("aurora", vertx, new VirtualClock(0))),
                () -> {});
    }

    @Test
    void whoSucceededIsFinished() {
        tasks.tell(bound(0));
        assertThat(finished.of(GROUP)).isZero();

        tasks.tell(Pods.in(bound(0), "Succeeded"));
        tasks.tell(Pods.in(bound(0), "Succeeded"));
        tasks.tell(Pods.in(bound(1), "Succeeded"));

        assertThat(finished.of(GROUP)).isEqualTo(2);
        assertThat(told).containsExactly(GROUP, GROUP);
    }

    @Test
    void whoFailedIsNot() {
        tasks.tell(Pods.in(bound(0), "Failed"));

        assertThat(finished.of(GROUP)).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void whoIsGoneOrBeginsAnewIsNoMore() {
        for (int i = 0; i < 3; i++) {
            tasks.tell(Pods.in(bound(i), "Succeeded"));
        }

        tasks.remove(Pods.NAMESPACE + "/train-0");
        tasks.tell(Pods.waiting("train-1", 1));
        assertThat(finished.of(GROUP)).isEqualTo(1);
        tasks.reset(List.of(Pods.waiting("train-1", 1)));

        assertThat(finished.of(GROUP)).isZero();
    }

    private static Pod bound(int index) {
        return Pods.on(Pods.waiting("train-" + index, 1), "node-1");
    }
}
