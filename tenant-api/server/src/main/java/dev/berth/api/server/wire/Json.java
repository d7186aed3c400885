package dev.berth.api.server.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Reading and writing JSON: no duplicate keys, no depth or numbers without end, nothing behind the value. */
public final class Json {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 1 << 16;
    private static final int MAX_NUMBER = 32;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** For what we wrote ourselves. */
    private static final JsonMapper TRUSTED = JsonMapper.builder().build();

    private Json() {}

    /** Parses what a stranger sent. */
    public static JsonNode parse(Buffer body) {
        try {
            JsonNode node = MAPPER.readTree(text(body.getBytes()));
            if (node == null || node.isMissingNode()) {
                throw new Refused(new Refusal.Malformed("Expected a JSON body, but it is empty."));
            }
            return node;
        } catch (JsonProcessingException wrong) {
            var at = wrong.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new Refused(new Refusal.Malformed("Expected JSON without duplicate keys, at most " + MAX_DEPTH
                    + " deep, but could not read it" + where + "."));
        } catch (IOException wrong) {
            throw new Refused(new Refusal.Malformed("Expected JSON in UTF-8, but could not read it."));
        }
    }

    /** The parser guesses at UTF-16 and lets some broken sequences pass; a decoder told to report does neither. */
    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Parses what our own database holds. */
    public static JsonNode trusted(String json) {
        try {
            return TRUSTED.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("Expected JSON from the database", broken);
        }
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Text from the database that is JSON already, spliced in unread. */
    public static JsonNode raw(String json) {
        return new POJONode(new RawValue(json));
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return TRUSTED.writeValueAsBytes(node);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public static String text(JsonNode node) {
        try {
            return TRUSTED.writeValueAsString(node);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** RFC 3339 in UTC with milliseconds. */
    public static String time(OffsetDateTime time) {
        return TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }
}
