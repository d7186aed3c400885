/**
 * SQL and rows. {@link dev.berth.api.server.store.TenantTransaction} is the only way to a connection: it sets the tenant
 * whose rows may be seen, and a {@link dev.berth.api.server.store.Change} gives each written object its version, appends to
 * outbox and desired log, and rings the doorbells after the commit.
 *
 * <p>Stores hold SQL text and row mapping, nothing else; they take the transaction they run in.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server.store;
