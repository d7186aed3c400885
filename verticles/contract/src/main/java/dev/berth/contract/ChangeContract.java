package dev.berth.contract;

import dev.berth.model.TenantId;

/** Doorbell behind the live streams: rows of a tenant changed, up to a version. The rows are in PostgreSQL. */
public final class ChangeContract {
    public static final Topic<Changed> CHANGED = Topic.of("berth.api.changed", Changed.class);

    private ChangeContract() {}

    /** Everything of the tenant up to {@code version} is committed; listeners read what they have not seen. */
    public record Changed(TenantId tenant, long version) {}
}
