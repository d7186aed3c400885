package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Page;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes back: status, headers, body. */
record Reply(
        int status, Map<String, String> headers, @Nullable Buffer body) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    /** The handler answers by itself, piece by piece. */
    static final Reply STREAM = new Reply(0, Map.of(), null);

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply ok(JsonNode body) {
        return of(200, body);
    }

    static Reply of(int status, JsonNode body) {
        return new Reply(status, Map.of("Content-Type", JSON), Buffer.buffer(Json.bytes(body)));
    }

    static Reply nothing() {
        return new Reply(204, Map.of(), null);
    }

    /** An object with its entity tag. */
    static Reply object(int status, ObjectNode object) {
        String tag = '"' + object.path("metadata").path("etag").asText() + '"';
        return new Reply(status, Map.of("Content-Type", JSON, "ETag", tag), Buffer.buffer(Json.bytes(object)));
    }

    /** An object that was just made, and where. */
    static Reply created(ObjectNode object, String collection) {
        String id = object.path("metadata").path("id").asText();
        return object(201, object).with("Location", collection + "/" + id);
    }

    static Reply page(Page<ObjectNode> page) {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        page.items().forEach(items::add);
        body.put("next", page.next());
        return ok(body);
    }

    Reply with(String header, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
