/**
 * The truth of the control plane: tables, row-level security and functions as Flyway migrations ({@code db/V*.sql}), and
 * PostgreSQL itself, embedded or outside.
 *
 * <p>Decides how rows are kept apart by tenant and how every change gets its number. Enter by {@link
 * dev.berth.schema.StoreRole}; {@link dev.berth.schema.Migrations} is the only user of JDBC in the house. Rooms that talk
 * to the database sign in with a {@link dev.berth.schema.DatabaseLogin} as {@code berth_api} or {@code berth_gateway}; nobody
 * signs in as {@code berth_owner}, to whom everything belongs. Queries are left to those rooms.
 *
 * <p>Threads: starting and migrating block, so {@link dev.berth.schema.StoreVerticle} does both on a worker.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.schema;
