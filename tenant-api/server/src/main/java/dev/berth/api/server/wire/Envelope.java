package dev.berth.api.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;

/** The one shape of every object: apiVersion, kind, metadata; spec and status follow. */
public final class Envelope {
    public static final String API_VERSION = "berth.dev/v1";

    private Envelope() {}

    /** Who the object is and when it was. */
    public record Identity(
            String id,
            String name,
            JsonNode labels,
            OffsetDateTime createdAt,
            OffsetDateTime updatedAt,
            long version) {}

    public static ObjectNode of(String kind, Identity identity) {
        ObjectNode object = Json.object();
        object.put("apiVersion", API_VERSION);
        object.put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("id", identity.id());
        metadata.put("name", identity.name());
        metadata.set("labels", identity.labels());
        metadata.put("createdAt", Json.time(identity.createdAt()));
        metadata.put("updatedAt", Json.time(identity.updatedAt()));
        metadata.put("version", identity.version());
        metadata.put("etag", etag(identity.version()));
        return object;
    }

    /** The entity tag, without its quotation marks. */
    public static String etag(long version) {
        return "v" + version;
    }
}
