package dev.berth.demo;

import dev.berth.demo.ClusterPart.Simulated;
import dev.berth.demo.client.ApiClient;
import dev.berth.demo.client.Organisation;
import dev.berth.demo.client.Organising;
import dev.berth.demo.client.Waiting;
import dev.berth.demo.host.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything that the demo runs: a control plane, and the clusters that dial in to it. */
final class Platform {
    private final DemoOptions options;
    private final List<Site> sites;
    private final Path data;
    private final ClusterFiles files;
    private volatile @Nullable ControlPlane controlPlane;
    private volatile @Nullable ClusterPart clusters;
    private volatile Runnable quiet = () -> {};
    private String run = "";
    private @Nullable Future<Void> stopping;

    Platform(DemoOptions options, List<Site> sites) {
        this.options = options;
        this.sites = sites;
        this.data = DataDirectory.open(options);
        this.files = new ClusterFiles(data, InstantSource.system());
    }

    /** Told when a part is ready. */
    interface Steps {
        void ready(String what);
    }

    /** Starts part after part on the calling thread, which must be no event loop. */
    void start(Steps steps) {
        ControlPlane.Addresses addresses = ControlPlane.Addresses.from(options.port());
        ControlPlane opened = ControlPlane.open(data, addresses).await();
        controlPlane = opened;
        opened.start().await();
        steps.ready("PostgreSQL, API and console on http://localhost:" + addresses.http() + "   (data: " + data + ")");
        Map<String, String> tokens = new Organising(opened.client(), files::knows)
                .organise(capacities())
                .await();
        ClusterPart filled = ClusterPart.open(
                sites,
                new ClusterPart.Joining(addresses.tunnelUrl(), tokens),
                files,
                Ports.freeFrom(addresses.health() + 1));
        clusters = filled;
        run = files.run();
        filled.start().await();
        for (Site site : sites) {
            connected(site).await();
            steps.ready(String.format(
                    "simulated cluster %s connected: %,d nodes, %,d GPUs, %s",
                    site.cluster(),
                    site.trace().nodes().size(),
                    site.trace().gpus(),
                    site.trace().title()));
        }
    }

    private List<Organisation.Site> capacities() {
        return sites.stream()
                .map(site -> new Organisation.Site(site.cluster(), site.trace().gpus()))
                .toList();
    }

    private Future<Void> connected(Site site) {
        return Waiting.until(vertx(), () -> client().get("/clusters/" + site.cluster())
                .map(cluster -> cluster.getJsonObject("status"))
                .map(status -> status.getString("state").equals("Connected")
                        && status.getInteger("nodes") == site.trace().nodes().size()));
    }

    Feed feed(Simulated simulated, Submitted submitted) {
        return new Feed(simulated, client(), submitted, run, files::wallMillis);
    }

    ControlPlane controlPlane() {
        return Objects.requireNonNull(controlPlane, "The platform was not started.");
    }

    ClusterPart clusters() {
        return Objects.requireNonNull(clusters, "The platform was not started.");
    }

    ApiClient client() {
        return controlPlane().client();
    }

    Vertx vertx() {
        return controlPlane().berth().vertx();
    }

    /** What feeds the platform, so that it ends before the platform does. */
    void fedBy(Runnable stop) {
        quiet = stop;
    }

    /** Writes the clusters to their files, and goes on. */
    Future<Void> save() {
        return vertx().executeBlocking(() -> {
                    saveAll();
                    return null;
                })
                .mapEmpty();
    }

    private void saveAll() throws IOException {
        for (Simulated simulated : clusters().clusters()) {
            files.save(simulated.cluster());
        }
    }

    /**
     * Stops what was started: first the clusters, so that what they told is stored, then the control plane. A second call
     * waits for the first.
     */
    synchronized Future<Void> stop() {
        if (stopping == null) {
            quiet.run();
            ClusterPart ownClusters = clusters;
            ControlPlane ownControlPlane = controlPlane;
            Future<Void> asleep = ownClusters == null
                    ? Future.succeededFuture()
                    : ownClusters.stop().compose(done -> save());
            stopping = asleep.eventually(
                            () -> ownControlPlane == null ? Future.succeededFuture() : ownControlPlane.stop())
                    .onComplete(done -> DataDirectory.close(options, data));
        }
        return stopping;
    }
}
