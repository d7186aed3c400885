package dev.berth.k8s.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs through a real kube-apiserver from a kubelet of ours. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KubernetesLogsIT {
    private static final String NAMESPACE = "berth-p-logs";
    /** Kernel buffers of three connections, and what the API server holds. */
    private static final long BUFFERED_BYTES = 24L << 20;

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static KubeApiServer server;
    private static FakeKubelet kubelet;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        kubelet = new FakeKubelet(folder);
        server = KubeApiServer.start();
        cluster = await(Clusters.kubernetes("real", server.kubeconfig().toString(), vertx, InstantSource.system()));
        await(cluster.apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .endMetadata()
                .build()));
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName("n")
                .endMetadata()
                .withNewStatus()
                .addNewAddress("127.0.0.1", "InternalIP")
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(kubelet.port())
                .endDaemonEndpoints()
                .endStatus()
                .build();
        await(cluster.create(node));
        await(cluster.replaceStatus(node));
        for (String name : new String[] {"talks", "flood", "waiting"}) {
            await(cluster.create(new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(name)
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("main")
                    .withImage("i")
                    .endContainer()
                    .endSpec()
                    .build()));
            await(cluster.bind(key(name), "n", Map.of()).map(true));
        }
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            await(cluster.close().map(true));
        }
        if (server != null) {
            server.close();
        }
        kubelet.close();
        await(vertx.close().map(true));
    }

    @Test
    void aLogComesWithItsOptionsAskedOfTheKubelet() {
        var options = new LogOptions("main", false, OptionalInt.of(7), OptionalInt.of(60), "", false, true);
        assertThat(await(read(key("talks"), options))).isEqualTo("one\ntwo\n");
        assertThat(kubelet.asked).contains("talks").contains("tailLines=7").contains("timestamps=true");
        assertThat(kubelet.asked).contains("sinceSeconds=60").doesNotContain("follow");
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        assertThat(refusal(key("none"))).isInstanceOf(Refusal.NotFound.class);
        assertThat(refusal(key("waiting")))
                .isInstanceOfSatisfying(Refusal.Conflict.class, conflict -> assertThat(conflict.detail())
                        .contains("waiting to start"));
    }

    @Test
    void aListenerThatPausesStopsTheKubelet() throws Exception {
        Context context = vertx.getOrCreateContext();
        AtomicLong got = new AtomicLong();
        AtomicLong most = new AtomicLong(1 << 20);
        Promise<PodStream> opened = Promise.promise();
        context.runOnContext(turn ->
                cluster.pods().logs(key("flood"), LogOptions.all().following()).onComplete(opened));
        PodStream flood = await(opened.future());
        context.runOnContext(turn -> flood.start(new PodStream.Listener() {
            @Override
            public void data(PodStream.Channel channel, Buffer bytes) {
                if (got.addAndGet(bytes.length()) > most.get()) {
                    flood.pause();
                }
            }

            @Override
            public void ended(PodStream.End end) {}
        }));
        long before = -1;
        // Nothing moves between two looks: the kubelet stands still.
        for (long now = kubelet.floodBytes.get();
                now != before || got.get() < 1 << 20;
                now = kubelet.floodBytes.get()) {
            before = now;
            await(vertx.timer(500, TimeUnit.MILLISECONDS));
        }
        assertThat(kubelet.floodBytes.get() - got.get()).isLessThan(BUFFERED_BYTES);
        assertThat(got.get()).isLessThan(4L << 20);
        // Others are not held up by it.
        assertThat(await(read(key("talks"), LogOptions.all()))).isEqualTo("one\ntwo\n");
        most.set(Long.MAX_VALUE);
        context.runOnContext(turn -> flood.resume());
        while (kubelet.floodBytes.get() == before) {
            await(vertx.timer(50, TimeUnit.MILLISECONDS));
        }
        context.runOnContext(turn -> flood.close());
    }

    private static Future<String> read(ObjectKey pod, LogOptions options) {
        Promise<String> whole = Promise.promise();
        Buffer text = Buffer.buffer();
        vertx.getOrCreateContext().runOnContext(turn -> cluster.pods()
                .logs(pod, options)
                .onFailure(whole::fail)
                .onSuccess(stream -> stream.start(new PodStream.Listener() {
                    @Override
                    public void data(PodStream.Channel channel, Buffer bytes) {
                        text.appendBuffer(bytes);
                    }

                    @Override
                    public void ended(PodStream.End end) {
                        whole.complete(text.toString());
                    }
                })));
        return whole.future();
    }

    private static Refusal refusal(ObjectKey pod) {
        var refused = new java.util.concurrent.atomic.AtomicReference<Refusal>();
        assertThatThrownBy(() -> await(read(pod, LogOptions.all())))
                .satisfies(thrown -> refused.set(((Refused) root(thrown)).refusal()));
        return refused.get();
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    private static ObjectKey key(String name) {
        return new ObjectKey(NAMESPACE, name);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | InterruptedException
                | java.util.concurrent.TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }
}
