package dev.berth.demo;

import io.vertx.core.Vertx;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts every tunnel each three seconds, and restarts the gateway when one and two thirds have arrived. */
final class Chaos {
    private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);
    private static final int CUT_MILLIS = 3_000;
    private static final int LOOK_MILLIS = 100;
    private static final double[] RESTARTS_AT = {1 / 3.0, 2 / 3.0};

    private final ControlPlane controlPlane;
    private final DoubleSupplier arrived;
    private boolean restarting;
    private int cuts;
    private int restarts;

    /** @param arrived the part of the workloads that was submitted, 0 to 1 */
    Chaos(ControlPlane controlPlane, DoubleSupplier arrived) {
        this.controlPlane = controlPlane;
        this.arrived = arrived;
    }

    /** Runs until the returned action is called. */
    Runnable start(Vertx vertx) {
        long cutting = vertx.setPeriodic(CUT_MILLIS, timer -> cut());
        long looking = vertx.setPeriodic(LOOK_MILLIS, timer -> look());
        return () -> {
            vertx.cancelTimer(cutting);
            vertx.cancelTimer(looking);
        };
    }

    private void cut() {
        if (!restarting) {
            controlPlane.cutTunnels();
            cuts++;
        }
    }

    private void look() {
        if (restarting || restarts == RESTARTS_AT.length || arrived.getAsDouble() < RESTARTS_AT[restarts]) {
            return;
        }
        restarting = true;
        restarts++;
        controlPlane.restartGateway().onComplete(done -> {
            restarting = false;
            if (done.failed()) {
                LOG.error("The gateway did not come back", done.cause());
            }
        });
    }

    int cuts() {
        return cuts;
    }

    int restarts() {
        return restarts;
    }
}
