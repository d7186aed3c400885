package dev.berth.scheduler.verticle;

import dev.berth.model.Refused;
import dev.berth.scheduler.core.Statement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the scheduler measures, by cluster. */
final class SchedulerMeters {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerVerticle.class);

    private final String cluster;
    private final String instance;
    private final MeterRegistry registry;
    private final List<Gauge> gauges = new ArrayList<>();
    private final Timer cycles;
    private final Counter steps;
    private final Counter bound;
    private final Counter evicted;
    private final Counter bindFailures;
    private final Counter explanations;
    private final Counter explainFailures;

    SchedulerMeters(String cluster, String instance, MeterRegistry registry) {
        this.cluster = cluster;
        this.instance = instance;
        this.registry = registry;
        cycles = Timer.builder("berth_scheduler_cycle_seconds")
                .description("Time that the core took to decide")
                .tag("cluster", cluster)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1))
                .register(registry);
        steps = counter("berth_scheduler_steps_total", "Deterministic cost of all cycles");
        bound = counter("berth_scheduler_pods_bound_total", "Pods bound");
        evicted = counter("berth_scheduler_pods_evicted_total", "Pods evicted");
        bindFailures = counter("berth_scheduler_statement_failures_total", "Bindings and evictions that failed");
        explanations = counter("berth_scheduler_explanations_written_total", "Explanations written into pod groups");
        explainFailures = counter("berth_scheduler_explanation_failures_total", "Explanations that were not written");
    }

    MeterRegistry registry() {
        return registry;
    }

    void cycle(Duration took, long stepsTaken) {
        cycles.record(took);
        steps.increment(stepsTaken);
    }

    void bound() {
        bound.increment();
    }

    void evicted(Statement.Evict evict) {
        evicted.increment();
        LOG.info("cluster={} pod={} evicted: {}", cluster, evict.task(), evict.because());
    }

    void bindFailed(String task, Throwable failure) {
        bindFailures.increment();
        if (failure instanceof Refused) {
            LOG.debug("cluster={} pod={} was not bound or evicted: {}", cluster, task, failure.getMessage());
        } else {
            LOG.error("cluster={} pod={} was not bound or evicted", cluster, task, failure);
        }
    }

    void explained() {
        explanations.increment();
    }

    void explainFailed(Throwable failure) {
        explainFailures.increment();
        LOG.debug("cluster={} an explanation was not written and will be tried again", cluster, failure);
    }

    /** A gauge that goes with the verticle whose state it shows. */
    <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        gauges.add(Gauge.builder(name, of, value)
                .description(description)
                .tag("cluster", cluster)
                .tag("role", instance)
                .strongReference(true)
                .register(registry));
    }

    void close() {
        gauges.forEach(registry::remove);
        gauges.clear();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("cluster", cluster)
                .register(registry);
    }
}
