package dev.berth.k8s.binder;

import dev.berth.model.Refused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the binder counts, by cluster. */
final class BinderMeters {
    private static final Logger LOG = LoggerFactory.getLogger(Binder.class);

    private final String cluster;
    private final MeterRegistry registry;
    private final Counter bound;
    private final Counter gaveUp;
    private final Counter failures;
    private final Counter released;

    BinderMeters(String cluster, MeterRegistry registry) {
        this.cluster = cluster;
        this.registry = registry;
        bound = counter("berth_binder_pods_bound_total", "Pods bound");
        gaveUp = counter("berth_binder_requests_given_up_total", "Requests given up");
        failures = counter("berth_binder_failures_total", "Steps that failed and are tried again");
        released = counter("berth_binder_devices_released_total", "Shared devices given back");
    }

    MeterRegistry registry() {
        return registry;
    }

    void bound() {
        bound.increment();
    }

    void gaveUp() {
        gaveUp.increment();
    }

    void released() {
        released.increment();
    }

    void stepFailed(String pod, Throwable failure) {
        failures.increment();
        if (failure instanceof Refused) {
            LOG.debug("cluster={} pod={} a step will be tried again: {}", cluster, pod, failure.getMessage());
        } else {
            LOG.error("cluster={} pod={} a step failed and will be tried again", cluster, pod, failure);
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("cluster", cluster)
                .register(registry);
    }
}
