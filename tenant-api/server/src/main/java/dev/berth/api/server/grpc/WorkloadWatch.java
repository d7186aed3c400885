package dev.berth.api.server.grpc;

import dev.berth.api.server.live.Event;
import dev.berth.api.server.live.Listener;
import dev.berth.api.v1.WatchRequest;
import dev.berth.api.v1.WorkloadEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.List;

/** A stream of workloads to a gRPC client. */
final class WorkloadWatch implements Listener {
    private final GrpcServerResponse<WatchRequest, WorkloadEvent> response;
    private boolean over;

    WorkloadWatch(GrpcServerResponse<WatchRequest, WorkloadEvent> response) {
        this.response = response;
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public void changed(List<Event> events) {
        for (Event event : events) {
            var row = event.workload();
            if (row != null) {
                write(WorkloadEvent.newBuilder()
                        .setType(WorkloadEvent.Type.valueOf(event.type()))
                        .setVersion(event.version())
                        .setWorkload(Messages.workload(row))
                        .build());
            }
        }
    }

    @Override
    public void quiet(long version) {
        write(WorkloadEvent.newBuilder()
                .setType(WorkloadEvent.Type.BOOKMARK)
                .setVersion(version)
                .build());
    }

    @Override
    public void ended(Reason reason) {
        if (!over) {
            over = true;
            response.status(reason == Reason.SHUTDOWN ? GrpcStatus.UNAVAILABLE : GrpcStatus.OUT_OF_RANGE)
                    .statusMessage(
                            reason == Reason.SHUTDOWN ? "The server stops." : "List again, then watch from there.");
            response.end();
        }
    }

    /** Nothing more is written. */
    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    Future<Void> drained() {
        if (!response.writeQueueFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        response.drainHandler(v -> drained.tryComplete());
        return drained.future();
    }

    private void write(WorkloadEvent event) {
        if (!over) {
            response.write(event);
        }
    }
}
