package dev.berth.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running process: its Vert.x, its bus, and role instances that start in order and stop in reverse. */
public final class Berth {
    private static final Logger LOG = LoggerFactory.getLogger(Berth.class);

    private final Vertx vertx;
    private final Bus bus;
    private final Health health = new Health();
    private final PrometheusMeterRegistry registry;
    private final Attachments attachments = new Attachments();
    private final Checked checked;
    private final HealthEndpoint endpoint;
    private final Map<String, Deque<String>> deployed = Collections.synchronizedMap(new LinkedHashMap<>());

    private Berth(Vertx vertx, PrometheusMeterRegistry registry, Checked checked) {
        this.vertx = vertx;
        this.registry = registry;
        this.checked = checked;
        this.bus = new Bus(vertx, InstantSource.system());
        this.endpoint = new HealthEndpoint(checked.process(), health, registry);
    }

    /** Checks the settings and starts nothing; throws {@link StartRefused} with all problems at once. */
    public static void check(Roles roles, Settings settings, List<String> instances, Map<String, String> environment) {
        Checked.of(roles, settings, instances, environment);
    }

    /**
     * Checks the settings, then opens the process without any role. Fails with {@link StartRefused}, which holds all
     * problems at once.
     *
     * @param instances role instances that will be started, such as {@code api} or {@code agent@borealis}
     */
    public static Future<Berth> open(
            Roles roles, Settings settings, List<String> instances, Map<String, String> environment) {
        Checked checked;
        try {
            checked = Checked.of(roles, settings, instances, environment);
        } catch (StartRefused refused) {
            return Future.failedFuture(refused);
        }
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        return vertx(checked.process(), registry)
                .map(vertx -> new Berth(vertx, registry, checked))
                .compose(berth -> berth.openProcess().map(berth).recover(failure -> berth.stop()
                        .transform(x -> Future.failedFuture(failure))));
    }

    /** Opens the process and starts all instances in order; on failure everything is stopped again. */
    public static Future<Berth> start(
            Roles roles, Settings settings, List<String> instances, Map<String, String> environment) {
        return open(roles, settings, instances, environment)
                .compose(berth -> berth.startAll().map(berth).recover(failure -> berth.stop()
                        .transform(x -> Future.failedFuture(failure))));
    }

    /** Starts every instance that the process was opened with, each after those it waits for. */
    public Future<Void> startAll() {
        Future<Void> chain = Future.succeededFuture();
        for (String instance : checked.order()) {
            chain = chain.compose(done -> startRole(instance));
        }
        return chain;
    }

    /** Starts one instance, for a second time too where it was stopped. */
    public Future<Void> startRole(String instance) {
        if (deployed.putIfAbsent(instance, new ArrayDeque<>()) != null) {
            return Future.failedFuture(new IllegalStateException(instance + " runs already"));
        }
        health.notReady(instance, "starting");
        Gauge.builder("berth_runtime_role_ready", health, parts -> parts.isReady(instance) ? 1 : 0)
                .description("1 while the role instance serves")
                .tag("role", instance)
                .register(registry);
        RoleContext context = new RoleContext(
                instance, vertx, bus, health, new Meters(registry), attachments, InstantSource.system());
        Future<Void> chain = Future.succeededFuture();
        List<Deployment> deployments;
        try {
            deployments = checked.deployments(instance, context);
        } catch (RuntimeException e) {
            deployed.remove(instance);
            return Future.failedFuture(e);
        }
        for (Deployment deployment : deployments) {
            chain = chain.compose(done -> deploy(instance, deployment));
        }
        return chain.onSuccess(done -> {
            health.ready(instance);
            LOG.info("{} is up", instance);
        });
    }

    /** Stops one instance: its verticles in reverse order. */
    public Future<Void> stopRole(String instance) {
        Deque<String> ids = deployed.remove(instance);
        if (ids == null) {
            return Future.succeededFuture();
        }
        health.notReady(instance, "stopped");
        Future<Void> chain = Future.succeededFuture();
        for (String id : ids) {
            chain = chain.compose(done -> vertx.undeploy(id)).otherwise(failure -> {
                LOG.warn("{} did not stop cleanly", instance, failure);
                return null;
            });
        }
        return chain.onComplete(done -> health.forget(instance));
    }

    /** Stops all in reverse order of start, then leaves the bus. */
    public Future<Void> stop() {
        List<String> instances = new ArrayList<>(deployed.keySet());
        Collections.reverse(instances);
        Future<Void> chain = Future.succeededFuture();
        for (String instance : instances) {
            chain = chain.compose(done -> stopRole(instance));
        }
        return chain.transform(done -> vertx.close()).onComplete(done -> registry.close());
    }

    public Vertx vertx() {
        return vertx;
    }

    public Bus bus() {
        return bus;
    }

    public Health health() {
        return health;
    }

    public Meters meters() {
        return new Meters(registry);
    }

    public Attachments attachments() {
        return attachments;
    }

    /** The port of {@code /readyz}, -1 where there is none. */
    public int healthPort() {
        return endpoint.port();
    }

    private Future<Void> openProcess() {
        Future<?> opened = checked.process().healthPort() < 0
                ? Future.succeededFuture()
                : vertx.deployVerticle(endpoint)
                        .recover(failure -> Future.failedFuture(new StartRefused(
                                List.of("Cannot listen on " + checked.process().healthHost() + ":"
                                        + checked.process().healthPort() + " for /healthz (process.healthPort): "
                                        + failure.getMessage() + "."))));
        if (checked.process().bus() == ProcessConfig.BusKind.local) {
            return opened.mapEmpty();
        }
        return opened.compose(done -> vertx.deployVerticle(new SelfProbe(bus, health)))
                .mapEmpty();
    }

    private Future<Void> deploy(String instance, Deployment deployment) {
        DeploymentOptions options =
                new DeploymentOptions().setThreadingModel(deployment.threads()).setInstances(deployment.instances());
        return vertx.deployVerticle(deployment.verticle()::get, options)
                .onSuccess(id -> {
                    Deque<String> ids = deployed.get(instance);
                    if (ids != null) {
                        ids.push(id);
                    }
                })
                .mapEmpty();
    }

    private static Future<Vertx> vertx(ProcessConfig config, PrometheusMeterRegistry registry) {
        VertxOptions options = new VertxOptions()
                .setMetricsOptions(new MicrometerMetricsOptions()
                        .setEnabled(true)
                        .addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT)
                        .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT));
        if (config.eventLoops() > 0) {
            options.setEventLoopPoolSize(config.eventLoops());
        }
        VertxBuilder builder = Vertx.builder().withMetrics(new MicrometerMetricsFactory(registry));
        return switch (config.bus()) {
            case local -> Future.succeededFuture(builder.with(options).build());
            case clustered ->
                ClusteredBus.join(builder, options, config)
                        .buildClustered()
                        .recover(failure -> Future.failedFuture(new StartRefused(List.of("Cannot join the bus at "
                                + config.busHost() + ":" + config.busPort() + " (process.busHost, process.busPort): "
                                + failure.getMessage() + "."))));
        };
    }
}
