package dev.berth.demo;

import dev.berth.demo.ClusterPart.Simulated;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that the demo runs: a control plane, and the clusters that dialled in to it. */
final class Platform {
    private final ControlPlane controlPlane;
    private final ClusterPart clusters;
    private final ClusterFiles files;
    private final String run;
    private final Runnable afterwards;
    private @Nullable Future<Void> stopping;

    private Platform(ControlPlane controlPlane, ClusterPart clusters, ClusterFiles files, String run, Runnable afterwards) {
        this.controlPlane = controlPlane;
        this.clusters = clusters;
        this.files = files;
        this.run = run;
        this.afterwards = afterwards;
    }

    /** Told when a part is ready. */
    interface Steps {
        void ready(String what);
    }

    static Future<Platform> start(DemoOptions options, List<Site> sites, Path data, Steps steps) {
        ClusterFiles files = new ClusterFiles(data, InstantSource.system());
        ControlPlane.Addresses addresses = ControlPlane.Addresses.from(options.port());
        return ControlPlane.start(data, addresses).compose(controlPlane -> {
            steps.ready("PostgreSQL, API and console on http://localhost:" + addresses.http() + "   (data: " + data + ")");
            return new Organising(controlPlane.client())
                    .organise(sites)
                    .map(tokens -> new ClusterPart.Joining(addresses.tunnelUrl(), tokens))
                    .compose(joining ->
                            ClusterPart.start(sites, joining, files, Ports.freeFrom(addresses.health() + 1)))
                    .map(clusters -> new Platform(controlPlane, clusters, files, files.run(), () -> DataDirectory.close(options, data)))
                    .compose(platform -> platform.connected(sites).map(platform))
                    .recover(failure ->
                            controlPlane.stop().transform(stopped -> Future.failedFuture(failure)));
        });
    }

    private Future<Void> connected(List<Site> sites) {
        Future<Void> chain = Future.succeededFuture();
        for (Site site : sites) {
            chain = chain.compose(done -> Waiting.until(vertx(), () -> client()
                    .get("/clusters/" + site.cluster())
                    .map(cluster -> cluster.getJsonObject("status"))
                    .map(status -> status.getString("state").equals("Connected")
                            && status.getInteger("nodes") == site.trace().nodes().size())));
        }
        return chain;
    }

    Feed feed(Simulated simulated, Submitted submitted) {
        return new Feed(simulated, client(), submitted, run, files::wallMillis);
    }

    ControlPlane controlPlane() {
        return controlPlane;
    }

    ClusterPart clusters() {
        return clusters;
    }

    ApiClient client() {
        return controlPlane.client();
    }

    Vertx vertx() {
        return controlPlane.berth().vertx();
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
        for (Simulated simulated : clusters.clusters()) {
            files.save(simulated.cluster());
        }
    }

    /** First the clusters, so that what they told is stored; then the control plane. A second call waits for the first. */
    synchronized Future<Void> stop() {
        if (stopping == null) {
            stopping = clusters.stop().compose(done -> save()).eventually(controlPlane::stop).onComplete(done -> afterwards.run());
        }
        return stopping;
    }
}
