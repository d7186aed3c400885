package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Leadership;
import dev.berth.k8s.simulated.Faults;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.VirtualClock;
import dev.berth.model.Refusal;
import io.micrometer.core.instrument.MockClock;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LeadershipTest {
    private static final String LEASE = "berth-scheduler";

    private final MockClock clock = new MockClock();
    private final VirtualClock time = new VirtualClock(0);
    private final List<Boolean> told = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean silent;
    private SimulatedCluster cluster;
    private Leadership one;

    @BeforeEach
    void begin(Vertx vertx) {
        Faults silence = (call, kind, key) ->
                silent ? Optional.of(new Refusal.Busy("The API server is away.", 1)) : Optional.empty();
        cluster = new SimulatedCluster("aurora", vertx, time, silence, 10);
        one = new Leadership(vertx, cluster, clock, new Leadership.Holder(LEASE, "one", 10), told::add);
    }

    @AfterEach
    void end() {
        Story.get(one.stop());
    }

    @Test
    void whoHasTheLeaseLeads() {
        one.start();

        assertThat(one.held()).isTrue();
        assertThat(told).containsExactly(true);
    }

    @Test
    void whoCannotAskStopsBelievingBeforeTheLeaseEnds() {
        one.start();
        silent = true;

        clock.add(Duration.ofMillis(7_999));
        assertThat(one.held()).isTrue();
        clock.add(Duration.ofMillis(1));

        assertThat(one.held()).isFalse();
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void aQuestionWithoutAnAnswerIsAskedAgainSoon(Vertx vertx) {
        Leadership patient = new Leadership(vertx, cluster, clock, new Leadership.Holder(LEASE, "one", 300), told::add);
        silent = true;
        long start = System.nanoTime();
        patient.start();
        silent = false;

        Story.await(vertx, "it leads", patient::held);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        Story.get(patient.stop());
    }

    @Test
    void somebodyElsesLeaseIsRespected() {
        Story.get(cluster.holdLease(LEASE, "two", 10));

        one.start();

        assertThat(one.held()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void whoStopsMakesRoomWithinASecond() {
        one.start();
        Story.get(one.stop());

        assertThat(told).containsExactly(true, false);
        time.advanceTo(1_000);
        assertThat(Story.get(cluster.holdLease(LEASE, "two", 10))).isTrue();
    }
}
