package dev.berth.runtime;

import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * What a role is given to wire itself with.
 *
 * @param instance name of this run of the role: the role's name, or what stands behind {@code @}
 * @param clock the only source of time; a simulated cluster may bring its own
 */
public record RoleContext(
        String instance,
        Vertx vertx,
        Bus bus,
        Health health,
        Meters meters,
        Attachments attachments,
        InstantSource clock) {}
