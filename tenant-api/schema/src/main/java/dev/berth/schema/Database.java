package dev.berth.schema;

/** The migrated database of this process, attached under {@link #NAME} for the roles that start after the store. */
public record Database(DatabaseLogin api, DatabaseLogin gateway) {
    public static final String NAME = "control-plane";
}
