/**
 * The use cases of workloads over gRPC, beside health and reflection.
 *
 * <p>A message becomes the same JSON that REST takes and goes through the same reader, so both refuse the same things with the
 * same words. Enter by {@link dev.berth.api.server.grpc.GrpcApi}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server.grpc;
