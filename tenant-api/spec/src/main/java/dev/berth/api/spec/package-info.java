/**
 * What the API promises, written before it is served: {@code openapi/berth.yaml} for REST and {@code berth/v1/*.proto} for
 * gRPC, from which {@code dev.berth.api.v1} is generated.
 *
 * <p>Server, console, CLI and load tests derive from these two files. Enter by {@link dev.berth.api.spec.Contract}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.spec;
