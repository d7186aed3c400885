/**
 * The use cases over HTTP: routes come from {@code openapi/berth.yaml}, and each operationId has one handler that maps, calls
 * the use case, and maps back.
 *
 * <p>What every request goes through stands in {@link dev.berth.api.server.rest.RestApi}: bounds, sign-in, CSRF, body,
 * idempotency, problem+json. Bodies are checked by {@link dev.berth.api.server.wire.Fields}, not by schema validation; see
 * DECISIONS.md. Also serves the console and the contract itself.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server.rest;
