package dev.berth.api.server.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What a user writes into metadata: the name and labels. */
public record Head(String name, Map<String, String> labels) {
    private static final int MAX_LABELS = 64;
    private static final int MAX_VALUE = 1024;

    /** Reads the members of an object that are the same for every kind; the spec is left to the caller. */
    static Head read(Fields body, String kind) {
        expect(body, "apiVersion", Envelope.API_VERSION);
        expect(body, "kind", kind);
        body.ignore("status");
        Fields metadata = body.object("metadata");
        if (!body.has("metadata")) {
            body.note("metadata", "required", "Expected metadata with a name.");
        }
        String name = metadata.requiredText("name", 1, 63);
        if (!name.isEmpty()) {
            metadata.match("name", name, Patterns.NAME, Patterns.NAME_SAID);
        }
        Map<String, String> labels = metadata.map("labels", MAX_LABELS, Patterns.LABEL_KEY, MAX_VALUE);
        metadata.ignore("id", "createdAt", "updatedAt", "version", "etag");
        metadata.done();
        return new Head(name, labels);
    }

    private static void expect(Fields body, String member, String value) {
        String given = body.text(member, 0, 100);
        if (given != null && !given.equals(value)) {
            body.note(member, "constant", "Expected \"" + value + "\".");
        }
    }

    /** The labels as JSON text. */
    public String labelsJson() {
        ObjectNode node = Json.object();
        labels.forEach(node::put);
        return Json.text(node);
    }
}
