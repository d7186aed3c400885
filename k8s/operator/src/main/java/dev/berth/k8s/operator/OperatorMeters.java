package dev.berth.k8s.operator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator counts, by cluster. A failure is counted and logged once, where it is put back into its queue. */
final class OperatorMeters {
    private static final Logger LOG = LoggerFactory.getLogger(WorkloadReconciler.class);

    private final String cluster;
    private final MeterRegistry registry;
    private final Counter statusWrites;
    private final Counter podsCreated;
    private final Counter failures;

    OperatorMeters(String cluster, MeterRegistry registry) {
        this.cluster = cluster;
        this.registry = registry;
        statusWrites = counter("berth_operator_status_writes_total", "Writes of a workload's status");
        podsCreated = counter("berth_operator_pods_created_total", "Pods created");
        failures = counter("berth_operator_failures_total", "Steps that failed and are tried again");
    }

    void statusWritten() {
        statusWrites.increment();
    }

    void podsCreated(int count) {
        podsCreated.increment(count);
    }

    void stepFailed(Throwable failure) {
        failures.increment();
        LOG.warn("cluster={} a step towards the desired state failed and will be tried again", cluster, failure);
    }

    void statusFailed(Throwable failure) {
        failures.increment();
        LOG.debug("cluster={} a status was not written and will be tried again", cluster, failure);
    }

    void watch(IntSupplier workloads, IntSupplier queued) {
        gauge("berth_operator_workloads_count", "Workloads that are known", workloads);
        gauge("berth_operator_queue_length", "Workloads that want work", queued);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("cluster", cluster)
                .register(registry);
    }

    private void gauge(String name, String description, IntSupplier value) {
        Gauge.builder(name, value, IntSupplier::getAsInt)
                .description(description)
                .tag("cluster", cluster)
                .strongReference(true)
                .register(registry);
    }
}
