package dev.berth.api.server.access;

import java.time.Instant;
import java.util.UUID;

/**
 * Who acts: a user of one tenant, by what credential.
 *
 * @param credential id of the session or token
 * @param session whether a session was shown, not a personal access token
 * @param oneTime whether the session came from a one-time link
 */
public record Principal(
        UUID tenant,
        String tenantName,
        UUID user,
        String email,
        String name,
        UserRole role,
        UUID credential,
        boolean session,
        boolean oneTime,
        Instant expiresAt) {}
