package dev.berth.runtime;

import dev.berth.contract.Topic;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to itself through the cluster and expects to hear it. Registrations of a clustered bus are known to vanish
 * after a network cut or a paused member (vert-x3/vertx-hazelcast #90, #109; eclipse-vertx/vert.x #4394); when the echo
 * is missing, everything is registered anew.
 */
final class SelfProbe extends VerticleBase {
    static final Duration PERIOD = Duration.ofSeconds(5);
    static final int MISSED_BEFORE_MENDING = 3;
    private static final Logger LOG = LoggerFactory.getLogger(SelfProbe.class);

    /** The echo of one process. */
    record Echo(String process) {}

    private final Bus bus;
    private final Health health;
    private final Topic<Echo> echo;
    private final String process = UUID.randomUUID().toString();
    private int missed;

    SelfProbe(Bus bus, Health health) {
        this.bus = bus;
        this.health = health;
        this.echo = Topic.of("berth.runtime.echo", Echo.class).at(process);
    }

    @Override
    public Future<?> start() {
        bus.listen(echo, heard -> {
            missed = 0;
            health.ready("bus");
        });
        vertx.setPeriodic(PERIOD.toMillis(), tick -> probe());
        probe();
        return Future.succeededFuture();
    }

    private void probe() {
        missed++;
        if (missed > MISSED_BEFORE_MENDING) {
            health.notReady("bus", "registrations were lost; registering anew");
            LOG.warn("The bus does not carry this process's own messages; registering its addresses anew");
            missed = 0;
            bus.registerAgain().onFailure(failure -> LOG.warn("Registering anew failed; trying again", failure));
        }
        bus.publish(echo, new Echo(process));
    }
}
