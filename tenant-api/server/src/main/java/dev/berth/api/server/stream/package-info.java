/**
 * Byte streams to pods, as the API sees them: {@link dev.berth.api.server.stream.ClusterDoor} opens a {@link
 * dev.berth.api.server.stream.StreamPipe} to a pod of a cluster, wherever its tunnel is; the clients' side (HTTP answers,
 * WebSockets) is in {@code rest}. A pipe is asked for bytes, so a slow client holds up his own pod and nothing else.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server.stream;
