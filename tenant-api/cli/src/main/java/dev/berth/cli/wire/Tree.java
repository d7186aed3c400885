package dev.berth.cli.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON (and, given another parser, YAML) into trees without a mapper, whose start takes longer than a call. */
public final class Tree {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private Tree() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /** Reads one value and nothing behind it. */
    public static JsonNode read(String json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            JsonNode value = next(parser, null);
            if (value == null || parser.nextToken() != null) {
                throw new JsonParseException(parser, "Expected one JSON value.");
            }
            return value;
        }
    }

    /**
     * Reads the next value of the parser, null at the end.
     *
     * @param lines gets the line of each value under its JSON pointer
     */
    public static @Nullable JsonNode next(JsonParser parser, @Nullable Map<String, Integer> lines) throws IOException {
        JsonToken token = parser.nextToken();
        return token == null ? null : value(parser, token, "", lines);
    }

    private static JsonNode value(JsonParser parser, JsonToken token, String at, @Nullable Map<String, Integer> lines)
            throws IOException {
        if (lines != null) {
            lines.put(at, parser.currentTokenLocation().getLineNr());
        }
        return switch (token) {
            case START_OBJECT -> members(parser, at, lines);
            case START_ARRAY -> elements(parser, at, lines);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? NODES.numberNode(parser.getBigIntegerValue())
                        : NODES.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            default -> throw new JsonParseException(parser, "Unexpected " + token);
        };
    }

    private static ObjectNode members(JsonParser parser, String at, @Nullable Map<String, Integer> lines)
            throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            String pointer =
                    lines == null ? "" : at + "/" + name.replace("~", "~0").replace("/", "~1");
            object.set(name, value(parser, parser.nextToken(), pointer, lines));
        }
        return object;
    }

    private static ArrayNode elements(JsonParser parser, String at, @Nullable Map<String, Integer> lines)
            throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw new JsonParseException(parser, "The text ends within a list.");
            }
            array.add(value(parser, token, lines == null ? "" : at + "/" + array.size(), lines));
        }
        return array;
    }
}
