package dev.berth.k8s.grouper;

import dev.berth.k8s.adapter.AdapterFailure;
import dev.berth.model.Refused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the grouper counts, by cluster. */
final class GrouperMeters {
    private static final Logger LOG = LoggerFactory.getLogger(PodGrouper.class);

    private final String cluster;
    private final Counter grouped;
    private final Counter failures;

    GrouperMeters(String cluster, MeterRegistry registry) {
        this.cluster = cluster;
        grouped = Counter.builder("berth_grouper_pods_grouped_total")
                .description("Pods that were given their group")
                .tag("cluster", cluster)
                .register(registry);
        failures = Counter.builder("berth_grouper_failures_total")
                .description("Steps that failed and are tried again")
                .tag("cluster", cluster)
                .register(registry);
    }

    void grouped() {
        grouped.increment();
    }

    /** A refusal, or an adapter without an answer, is told where a user sees it; anything else is a bug. */
    void failed(Throwable failure) {
        failures.increment();
        if (failure instanceof Refused || failure instanceof AdapterFailure) {
            LOG.debug("cluster={} a step will be tried again: {}", cluster, failure.getMessage());
        } else {
            LOG.error("cluster={} a step failed and will be tried again", cluster, failure);
        }
    }
}
