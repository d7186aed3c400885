package dev.berth.model;

/** Names a tenant. An organisation; nothing crosses from one tenant to another. */
public record TenantId(String value) implements Comparable<TenantId> {
    public TenantId {
        Identifiers.check("tenant id", value);
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
