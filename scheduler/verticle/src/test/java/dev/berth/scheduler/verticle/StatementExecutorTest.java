package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.client.PodStreams;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.Task;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a decision, whatever the cluster answers, and whenever. */
@ExtendWith(VertxExtension.class)
class StatementExecutorTest {
    private static final Refusal CONFLICT = new Refusal.Conflict("It is bound already.", "");

    private final ClusterState state = new ClusterState();
    private final AskedCluster cluster = new AskedCluster();
    private TaskBook tasks;
    private StatementExecutor executor;
    private boolean leads = true;
    private int changes;

    @BeforeEach
    void begin(Vertx vertx) {
        Requests requests = new Requests(cluster);
        tasks = new TaskBook(vertx, state, new Finished(group -> {}), requests, () -> changes++);
        executor = new StatementExecutor(
                cluster,
                tasks,
                () -> leads,
                new StatementExecutor.Limits(2, 100),
                new SchedulerMeters("aurora", "scheduler", new SimpleMeterRegistry()),
                new StatementExecutor.Slow(requests, node -> true));
        IntStream.range(0, 3).forEach(i -> tasks.tell(pod(i)));
    }

    @Test
    void aDecisionCountsBeforeTheClusterAnswered() {
        executor.execute(List.of(bind(0)), 0);

        assertThat(state(0)).isEqualTo(Task.State.RUNNING);
        assertThat(cluster.annotations).containsEntry("berth.dev/assigned-gpus", "0,3");
        assertThat(cluster.annotations).containsEntry("berth.dev/assigned-gpu-milli", "1000");
    }

    @Test
    void anOldWordThatThePodIsPendingChangesNothing() {
        executor.execute(List.of(bind(0)), 0);
        changes = 0;

        tasks.tell(pod(0));

        assertThat(state(0)).isEqualTo(Task.State.RUNNING);
        assertThat(changes).isZero();
    }

    @Test
    void aRefusedPodFreesItsRoomAndWaitsALittle() {
        executor.execute(List.of(bind(0)), 0);

        cluster.refuse(CONFLICT);
        tasks.tell(pod(0));

        assertThat(state.task(id(0))).isNull();
        assertThat(tasks.assumptions()).isZero();
    }

    @Test
    void aRefusedPodThatIsBoundAfterAllIsWhereTheClusterSays() {
        executor.execute(List.of(bind(0)), 0);

        cluster.refuse(CONFLICT);
        tasks.tell(Pods.on(pod(0), "node-2"));

        assertThat(state.task(id(0)).spot().node()).isEqualTo("node-2");
    }

    @Test
    void aLostAnswerLeavesTheAssumptionUntilTheClusterIsAsked() {
        executor.execute(List.of(bind(0)), 0);
        cluster.lose();
        assertThat(state(0)).isEqualTo(Task.State.RUNNING);

        executor.lookUpOverdue(50);
        assertThat(cluster.looks).isEmpty();
        executor.lookUpOverdue(150);
        cluster.looks.remove().complete(Optional.of(pod(0)));

        assertThat(state(0)).isEqualTo(Task.State.PENDING);
    }

    @Test
    void aLostAnswerThatBoundIsFoundOut() {
        executor.execute(List.of(bind(0)), 0);
        cluster.lose();

        executor.lookUpOverdue(150);
        cluster.looks.remove().complete(Optional.of(Pods.on(pod(0), "node-1")));

        assertThat(state(0)).isEqualTo(Task.State.RUNNING);
        assertThat(tasks.assumptions()).isZero();
    }

    @Test
    void whatIsStillUnderWayIsNotLookedUp() {
        executor.execute(List.of(bind(0)), 0);

        executor.lookUpOverdue(1_000);

        assertThat(cluster.looks).isEmpty();
    }

    @Test
    void noMoreThanAllowedIsUnderWayAndTheCycleWaitsForTheRest() {
        executor.execute(List.of(bind(0), bind(1), bind(2)), 0);

        assertThat(cluster.binds).hasSize(2);
        Future<Void> drained = executor.drained();
        assertThat(drained.isComplete()).isFalse();
        cluster.binds.remove().complete();
        assertThat(cluster.binds).hasSize(2);
        assertThat(drained.succeeded()).isTrue();
    }

    @Test
    void withoutTheLeaseNothingMoreIsAskedFor() {
        executor.execute(List.of(bind(0), bind(1), bind(2)), 0);
        leads = false;

        cluster.binds.remove().complete();

        assertThat(cluster.asked).containsExactly("train-0", "train-1");
        assertThat(executor.drained().succeeded()).isTrue();
    }

    @Test
    void aPodThatWentIsNotBound() {
        executor.execute(List.of(bind(0), bind(1), bind(2)), 0);
        tasks.remove(id(2));

        cluster.binds.remove().complete();

        assertThat(cluster.asked).doesNotContain("train-2");
    }

    @Test
    void aResetForgetsWhatIsNoMore() {
        executor.execute(List.of(bind(0)), 0);

        tasks.reset(List.of(pod(1)));

        assertThat(state.task(id(0))).isNull();
        assertThat(state.task(id(2))).isNull();
        assertThat(state(1)).isEqualTo(Task.State.PENDING);
    }

    private Task.State state(int index) {
        return state.task(id(index)).state();
    }

    private static Pod pod(int index) {
        return Pods.waiting("train-" + index, 2);
    }

    private static String id(int index) {
        return Pods.NAMESPACE + "/train-" + index;
    }

    private static Statement.Bind bind(int index) {
        return new Statement.Bind(id(index), Pods.NAMESPACE + "/train", "node-1", List.of(0, 3), 1000);
    }

    /** A cluster that is asked and answers when the test says so. */
    private static final class AskedCluster implements Cluster {
        private final Deque<Promise<Void>> binds = new ArrayDeque<>();
        private final Deque<Promise<Optional<Pod>>> looks = new ArrayDeque<>();
        private final List<String> asked = new ArrayList<>();
        private Map<String, String> annotations = new HashMap<>();

        void refuse(Refusal refusal) {
            binds.remove().fail(new Refused(refusal));
        }

        void lose() {
            binds.remove().fail("timeout");
        }

        @Override
        public String name() {
            return "aurora";
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends HasMetadata> Future<Optional<T>> get(Class<T> type, ObjectKey key) {
            Promise<Optional<Pod>> promise = Promise.promise();
            looks.add(promise);
            return promise.future().map(pod -> (Optional<T>) pod);
        }

        @Override
        public Future<Void> bind(ObjectKey pod, String node, Map<String, String> given) {
            asked.add(pod.name());
            annotations = given;
            Promise<Void> promise = Promise.promise();
            binds.add(promise);
            return promise.future();
        }

        @Override
        public <T extends HasMetadata> Watching watch(Class<T> type, Consumer<Change<T>> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends HasMetadata> Future<T> create(T object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends HasMetadata> Future<T> apply(T object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends HasMetadata> Future<T> replaceStatus(T object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends HasMetadata> Future<Void> delete(Class<T> type, ObjectKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> evict(ObjectKey pod, int graceSeconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Boolean> holdLease(String lease, String holder, int ttlSeconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PodStreams pods() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
