package dev.berth.agent;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.runtime.RoleContext;
import dev.berth.tunnel.AgentMemory;
import dev.berth.tunnel.DesiredBatch;
import dev.berth.tunnel.stream.StreamTable;
import io.fabric8.kubernetes.api.model.Namespace;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the agent together and keeps its beat. */
final class AgentVerticle extends VerticleBase {
    private static final long TICK_MILLIS = 1_000;
    private static final ObjectKey KUBE_SYSTEM = ObjectKey.clusterScoped("kube-system");

    private final AgentConfig config;
    private final RoleContext context;
    private final AppliedObjects applied = new AppliedObjects();
    private @Nullable Running running;

    AgentVerticle(AgentConfig config, RoleContext context) {
        this.config = config;
        this.context = context;
    }

    /** What there is once the cluster is open and its cursor is known. */
    private record Running(
            Cluster cluster,
            AgentMemory memory,
            CursorKeeper cursors,
            ObservedFeed feed,
            DesiredApplier applier,
            Dialer dialer) {}

    @Override
    public Future<?> start() {
        return Clusters.open(config.cluster(), config.kubeconfig(), context).compose(cluster -> applied.follow(cluster)
                .compose(listed -> cluster.get(Namespace.class, KUBE_SYSTEM))
                .compose(namespace -> run(
                        cluster,
                        namespace.map(found -> found.getMetadata().getUid()).orElse(""))));
    }

    private Future<Void> run(Cluster cluster, String kubeSystemUid) {
        CursorKeeper cursors = new CursorKeeper(cluster);
        return cursors.load()
                .map(cursor -> new AgentMemory(UUID.randomUUID().toString(), cursor))
                .map(memory -> wire(cluster, memory, cursors, kubeSystemUid))
                .onSuccess(this::beat)
                .mapEmpty();
    }

    private Running wire(Cluster cluster, AgentMemory memory, CursorKeeper cursors, String kubeSystemUid) {
        GpuTally tally = new GpuTally();
        ObservedFeed feed = new ObservedFeed(cluster, memory, tally, this::news);
        DesiredWriter writer = new DesiredWriter(vertx, cluster, applied, new ApplyFailures(feed));
        DesiredApplier applier = new DesiredApplier(writer, applied);
        Vault vault = config.stateDir().isEmpty()
                ? new SecretVault(cluster)
                : new FileVault(vertx, Path.of(config.stateDir()));
        Dialer dialer = new Dialer(
                config,
                context,
                memory,
                side(feed, applier, new PodDesk(cluster)),
                new Dialer.Origin(kubeSystemUid, vault));
        NodeSampler sampler = new NodeSampler(tally);
        vertx.setPeriodic(
                config.sampleMillis(),
                timer -> dialer.samples(sampler.take(context.clock().millis())));
        return new Running(cluster, memory, cursors, feed, applier, dialer);
    }

    private void beat(Running parts) {
        running = parts;
        parts.feed.follow();
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            parts.dialer.tick();
            parts.cursors.keep(parts.memory.cursor());
        });
        parts.dialer.start();
    }

    private static Dialer.Cluster side(ObservedFeed feed, DesiredApplier applier, PodDesk pods) {
        return new Dialer.Cluster() {
            @Override
            public void relist() {
                feed.follow();
            }

            @Override
            public void apply(DesiredBatch batch, Consumer<DesiredBatch> done) {
                applier.submit(batch, done);
            }

            @Override
            public void forgetQueued() {
                applier.forgetQueued();
            }

            @Override
            public StreamTable.Acceptor pods() {
                return pods;
            }
        };
    }

    private void news() {
        if (running != null) {
            running.dialer.news();
        }
    }

    @Override
    public Future<?> stop() {
        applied.close();
        Running parts = running;
        if (parts == null) {
            return Future.succeededFuture();
        }
        parts.dialer.stop();
        parts.applier.stop();
        parts.feed.close();
        return parts.cursors.keep(parts.memory.cursor()).eventually(() -> parts.cluster.close());
    }
}
