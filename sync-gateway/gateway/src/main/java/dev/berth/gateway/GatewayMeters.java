package dev.berth.gateway;

import dev.berth.tunnel.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the gateway counts. */
final class GatewayMeters {
    private final MeterRegistry registry;
    private final Gauge tunnels;
    final Counter observed;
    final Counter rejected;
    final Counter desired;
    final Counter refusedHandshakes;
    final Counter rejoins;
    private final Timer commits;

    GatewayMeters(MeterRegistry registry, LiveTunnels live) {
        this.registry = registry;
        this.tunnels = Gauge.builder("berth_gateway_tunnels", live, LiveTunnels::size)
                .description("Clusters with a session at this gateway")
                .register(registry);
        this.observed = counter("berth_gateway_observed_objects_total", "Observed versions committed");
        this.rejected = counter("berth_gateway_rejected_objects_total", "Observed versions that could not be stored");
        this.desired = counter("berth_gateway_desired_objects_total", "Desired versions sent");
        this.refusedHandshakes = counter("berth_gateway_refused_handshakes_total", "Connections that proved nothing");
        this.rejoins = counter("berth_gateway_token_conflicts_total", "Join tokens that a second key came with");
        this.commits = Timer.builder("berth_gateway_commit_seconds")
                .description("Time of one group commit")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void committed(int objects, long millis) {
        observed.increment(objects);
        commits.record(Duration.ofMillis(millis));
    }

    void closed(CloseCode code) {
        Counter.builder("berth_gateway_closes_total")
                .description("Tunnels closed by this gateway")
                .tag("code", Integer.toString(code.number()))
                .register(registry)
                .increment();
    }

    /** A later start of the role brings a gauge of its own. */
    void forget() {
        registry.remove(tunnels);
    }
}
