/**
 * What users may do, once for REST and gRPC: each public method takes a {@link dev.berth.api.server.access.Principal}, asks
 * {@link dev.berth.api.server.access.Grants}, and does its work in one tenant transaction. The rules are here.
 *
 * <p>A change of a department, project, pool or workload goes to the desired log of the clusters it concerns in the same
 * transaction. Enter by {@link dev.berth.api.server.usecase.Workloads}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server.usecase;
