package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.live.Event;
import dev.berth.api.server.live.Listener;
import dev.berth.api.server.wire.Json;
import dev.berth.contract.MetricsContract;
import dev.berth.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** Server-sent events: {@code id} is the version, {@code event} the type, {@code data} one line of JSON. */
final class EventStream implements Listener {
    private static final int MAX_QUEUED_BYTES = 1 << 20;

    private final HttpServerResponse response;
    private final boolean multiplexed;
    private final String requestId;

    /** {@code multiplexed}: the console's stream of several topics, whose events are all named "change". */
    EventStream(HttpServerResponse response, boolean multiplexed, String requestId) {
        this.response = response;
        this.multiplexed = multiplexed;
        this.requestId = requestId;
    }

    void open() {
        response.setWriteQueueMaxSize(MAX_QUEUED_BYTES);
        // Compression would hold events back until a block is full.
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Content-Encoding", "identity")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        response.write(": berth\nretry: 2000\n\n");
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public void changed(List<Event> events) {
        var text = new StringBuilder();
        for (Event event : events) {
            append(text, event);
        }
        write(text.toString());
    }

    /** Ends when the reader has taken what was written. */
    Future<Void> drained() {
        if (!response.writeQueueFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        response.drainHandler(v -> drained.tryComplete());
        response.exceptionHandler(broken -> drained.tryFail(broken));
        return drained.future();
    }

    @Override
    public void sampled(MetricsContract.Samples samples) {
        if (!multiplexed) {
            return;
        }
        ObjectNode object =
                Json.object().put("cluster", samples.cluster().value()).put("atMillis", samples.atMillis());
        var list = object.putArray("samples");
        samples.samples().forEach(sample -> list.addObject()
                .put("name", sample.name())
                .put("subject", sample.subject())
                .put("value", sample.value()));
        write("event: change\ndata: {\"topic\":\"samples\",\"type\":\"MODIFIED\",\"object\":" + Json.text(object)
                + "}\n\n");
    }

    @Override
    public void quiet(long version) {
        write(multiplexed ? ": quiet\nid: " + version + "\n\n" : bookmark(version));
    }

    @Override
    public void ended(Reason reason) {
        switch (reason) {
            case COMPACTED -> fail(new Refusal.Gone("Changes since your version are no longer kept. List again."));
            case TOO_SLOW -> fail(new Refusal.Gone("Changes came faster than they were read. List again."));
            case SHUTDOWN -> {}
        }
        if (!response.ended()) {
            response.end();
        }
    }

    void bookmarked(long version) {
        write(multiplexed ? ": begin\nid: " + version + "\n\n" : bookmark(version));
    }

    void fail(Refusal refusal) {
        write("event: error\ndata: " + Json.text(Problem.of(refusal, requestId)) + "\n\n");
    }

    private static String bookmark(long version) {
        return "id: " + version + "\nevent: BOOKMARK\ndata: {\"metadata\":{\"version\":" + version + "}}\n\n";
    }

    private void append(StringBuilder text, Event event) {
        if (event.version() > 0) {
            text.append("id: ").append(event.version()).append('\n');
        }
        if (multiplexed) {
            text.append("event: change\ndata: {\"topic\":\"")
                    .append(event.topic())
                    .append("\",\"type\":\"")
                    .append(event.type())
                    .append("\",\"object\":")
                    .append(event.json())
                    .append("}\n\n");
        } else {
            text.append("event: ")
                    .append(event.type())
                    .append("\ndata: ")
                    .append(event.json())
                    .append("\n\n");
        }
    }

    private void write(String text) {
        if (!response.ended() && !response.closed()) {
            response.write(text);
        }
    }
}
