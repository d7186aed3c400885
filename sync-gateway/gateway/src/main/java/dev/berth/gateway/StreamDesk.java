package dev.berth.gateway;

import dev.berth.contract.StreamContract;
import dev.berth.contract.StreamContract.Opened;
import dev.berth.contract.StreamContract.Part;
import dev.berth.contract.StreamContract.Wrote;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.runtime.Bus;
import dev.berth.runtime.RoleContext;
import dev.berth.tunnel.stream.ByteStream;
import dev.berth.tunnel.stream.StreamTable;
import dev.berth.tunnel.v1.LogOptions;
import dev.berth.tunnel.v1.StreamKind;
import dev.berth.tunnel.v1.StreamOpen;
import dev.berth.tunnel.v1.TerminalSize;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The gateway's door for byte streams: opens them on the tunnels that it holds and keeps the pipes to whoever reads them.
 * Its calls come by the bus; a relay between gateways by HTTP would call the same four methods.
 */
final class StreamDesk {
    /** Streams of one user on this gateway. */
    static final int STREAMS_OF_USER = 32;

    private final RoleContext context;
    private final String door = UUID.randomUUID().toString();
    private final Map<String, GatewayPipe> pipes = new HashMap<>();

    StreamDesk(RoleContext context) {
        this.context = context;
    }

    /** Begins to answer for all pipes of this gateway. */
    Bus.Served serve() {
        Bus.Served reads = context.bus().serve(StreamContract.READ.at(door), ask -> read(ask.pipe(), ask.most()));
        Bus.Served writes = context.bus().serve(StreamContract.WRITE.at(door), this::write);
        return () -> reads.close().eventually(writes::close);
    }

    /** Begins to open streams of a cluster: whoever calls for it finds the gateway that holds its tunnel. */
    Bus.Served serve(UUID cluster, String tenant, StreamTable streams) {
        return context.bus().serve(StreamContract.OPEN.at(cluster), request -> open(request, tenant, streams));
    }

    Future<Opened> open(StreamContract.Open request, String tenant, StreamTable streams) {
        if (!request.tenant().equals(tenant)) {
            return Future.failedFuture(new Refused(new Refusal.NotFound("cluster", "of that workload")));
        }
        long open = pipes.values().stream()
                .filter(pipe -> pipe.user().equals(request.user()))
                .count();
        if (open >= STREAMS_OF_USER) {
            return Future.failedFuture(new Refused(new Refusal.TooManyRequests(
                    "Expected at most " + STREAMS_OF_USER + " open streams of one user.", 5)));
        }
        GatewayPipe pipe = new GatewayPipe(request.user(), context.clock().millis());
        Optional<ByteStream> stream = streams.open(message(request), pipe);
        if (stream.isEmpty()) {
            return Future.failedFuture(
                    new Refused(new Refusal.TooManyRequests("The cluster has too many open streams.", 5)));
        }
        String id = UUID.randomUUID().toString();
        pipes.put(id, pipe);
        return pipe.opened(stream.get())
                .map(answered -> new Opened(door, id, stream.get().roomBytes()))
                .onFailure(refused -> pipes.remove(id));
    }

    Future<Part> read(String id, int most) {
        GatewayPipe pipe = pipes.get(id);
        if (pipe == null) {
            return Future.failedFuture(new Refused(new Refusal.Gone("The stream is over.")));
        }
        return pipe.read(most, context.clock().millis()).onSuccess(part -> {
            if (!part.end().isEmpty()) {
                pipes.remove(id);
            }
        });
    }

    Future<Wrote> write(StreamContract.Write write) {
        GatewayPipe pipe = pipes.get(write.pipe());
        if (pipe == null) {
            return Future.failedFuture(new Refused(new Refusal.Gone("The stream is over.")));
        }
        int room = pipe.write(write, context.clock().millis());
        if (write.cancelled()) {
            pipes.remove(write.pipe());
        }
        return Future.succeededFuture(new Wrote(room));
    }

    void tick() {
        long now = context.clock().millis();
        pipes.values().forEach(pipe -> pipe.tick(now));
        // An end that nobody fetched is told to nobody.
        pipes.values().removeIf(pipe -> pipe.abandoned(now));
    }

    int open() {
        return pipes.size();
    }

    private static StreamOpen message(StreamContract.Open request) {
        StreamOpen.Builder open = StreamOpen.newBuilder()
                .setWorkloadId(request.workload())
                .setNamespace(request.namespace())
                .setPod(request.pod());
        if (request.target() instanceof StreamContract.Logs logs) {
            open.setKind(StreamKind.STREAM_KIND_LOGS)
                    .setContainer(logs.container())
                    .setLogs(options(logs));
        } else if (request.target() instanceof StreamContract.Run run) {
            open.setKind(run.words().isEmpty() ? StreamKind.STREAM_KIND_ATTACH : StreamKind.STREAM_KIND_EXEC)
                    .setContainer(run.container())
                    .addAllCommand(run.words())
                    .setTty(run.tty())
                    .setStdin(run.stdin());
            if (run.columns() > 0) {
                open.setSize(TerminalSize.newBuilder().setColumns(run.columns()).setRows(run.rows()));
            }
        } else if (request.target() instanceof StreamContract.Port port) {
            open.setKind(StreamKind.STREAM_KIND_PORT_FORWARD).setPort(port.port());
        }
        return open.build();
    }

    private static LogOptions options(StreamContract.Logs logs) {
        LogOptions.Builder options = LogOptions.newBuilder()
                .setFollow(logs.follow())
                .setSinceTime(logs.sinceTime())
                .setPrevious(logs.previous())
                .setTimestamps(logs.timestamps());
        if (logs.tailLines() >= 0) {
            options.setTailLines(logs.tailLines());
        }
        if (logs.sinceSeconds() >= 0) {
            options.setSinceSeconds(logs.sinceSeconds());
        }
        return options.build();
    }
}
