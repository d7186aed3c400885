/**
 * JSON at the border: read strictly, with every mistake told at once and pointed at; written in the one object shape of the
 * API; and turned into the custom resources that clusters apply.
 *
 * <p>Enter by {@link dev.berth.api.server.wire.Fields}. Knows nothing of HTTP, gRPC or SQL.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server.wire;
