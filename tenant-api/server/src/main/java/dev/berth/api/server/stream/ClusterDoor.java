package dev.berth.api.server.stream;

import dev.berth.contract.StreamContract;
import io.vertx.core.Future;
import java.util.UUID;

/** Opens streams to the pods of a cluster. By the bus today; a relay between gateways by HTTP would be another one. */
@FunctionalInterface
public interface ClusterDoor {
    /** Fails with a refusal when nobody holds the cluster's tunnel, or the pod does not answer. */
    Future<StreamPipe> open(UUID cluster, StreamContract.Open request);
}
