package dev.berth.contract;

import dev.berth.model.ClusterId;
import dev.berth.model.TenantId;
import java.util.List;

/** Newest-wins samples from clusters to the live streams; nothing stores them, a gap is a gap. */
public final class MetricsContract {
    public static final Topic<Samples> SAMPLES = Topic.of("berth.gateway.samples", Samples.class);
    public static final int MAX_SAMPLES = 512;

    private MetricsContract() {}

    /** Tenant and cluster are stamped by the gateway from the tunnel's identity, never from the payload. */
    public record Samples(TenantId tenant, ClusterId cluster, long atMillis, List<Sample> samples) {
        public Samples {
            samples = List.copyOf(samples);
        }
    }

    /** One number, such as {@code gpu.allocated.milli} of the cluster or {@code gpu.utilisation} of a node. */
    public record Sample(String name, String subject, double value) {}
}
