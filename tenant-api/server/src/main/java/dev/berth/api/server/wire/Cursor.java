package dev.berth.api.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Where a page ended, opaque to users: the order it was read in and the values of its last row. */
public record Cursor(String order, List<String> values) {
    public Cursor {
        values = List.copyOf(values);
    }

    public String encoded() {
        var array = Json.object().arrayNode().add(order);
        values.forEach(array::add);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(array));
    }

    /** Reads what a user sent back for a list of this order with so many values. */
    public static Cursor decode(String text, String order, int values) {
        try {
            JsonNode array =
                    Json.parse(Buffer.buffer(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII))));
            if (array.isArray()
                    && array.size() == values + 1
                    && array.get(0).asText().equals(order)) {
                var read = new ArrayList<String>();
                for (int i = 1; i <= values; i++) {
                    read.add(array.get(i).asText());
                }
                return new Cursor(order, read);
            }
        } catch (IllegalArgumentException | Refused garbage) {
            throw unusable();
        }
        throw unusable();
    }

    public static Refused unusable() {
        return new Refused(
                new Refusal.Malformed("Expected the cursor of a page of this very list. Begin again without one."));
    }
}
