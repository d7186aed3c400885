package dev.berth.k8s.client;

import io.vertx.core.Future;

/**
 * Byte streams to and from pods. Failures are {@link dev.berth.model.Refused}: NotFound, Conflict (the pod is there but
 * cannot answer yet, or any more), Forbidden, Busy. A stream tells nothing before {@link PodStream#start}.
 */
public interface PodStreams {
    Future<PodStream> logs(ObjectKey pod, LogOptions options);

    /** Runs a command in a container, or attaches to what runs there already. */
    Future<PodStream> run(ObjectKey pod, PodCommand command);

    /** Connects to a TCP port, 1 to 65535, inside of the pod's network. */
    Future<PodStream> connect(ObjectKey pod, int port);
}
