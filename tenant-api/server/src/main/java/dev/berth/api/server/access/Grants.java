package dev.berth.api.server.access;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;

/** The checks between a principal and a use case. Another tenant's objects are not forbidden but absent: rows are walled. */
public final class Grants {
    /** What a use case needs. */
    public enum Need {
        READ(UserRole.RESEARCHER),
        RUN_WORKLOADS(UserRole.RESEARCHER),
        CHANGE_ORGANISATION(UserRole.MANAGER),
        CHANGE_CLUSTERS(UserRole.ADMIN);

        private final UserRole least;

        Need(UserRole least) {
            this.least = least;
        }
    }

    private Grants() {}

    /** Refuses unless the principal's role suffices. */
    public static void require(Principal principal, Need need) {
        if (principal.role().compareTo(need.least) < 0) {
            throw new Refused(new Refusal.Forbidden(
                    "Expected role " + need.least.word() + ", but you are "
                            + principal.role().word() + ".",
                    "Ask an admin of " + principal.tenantName() + "."));
        }
    }
}
