package dev.berth.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** Writes trees as JSON. Characters that steer a terminal are written as escapes, which read back as themselves. */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();
    private final boolean indented;

    private JsonText(boolean indented) {
        this.indented = indented;
    }

    public static String compact(JsonNode node) {
        return new JsonText(false).value(node, 0).text.toString();
    }

    public static String indented(JsonNode node) {
        return new JsonText(true).value(node, 0).text.toString();
    }

    private JsonText value(JsonNode node, int depth) {
        if (node.isObject()) {
            members(node, depth);
        } else if (node.isArray()) {
            elements(node, depth);
        } else if (node.isTextual()) {
            text.append(quoted(node.textValue(), false));
        } else {
            text.append(node.asText());
        }
        return this;
    }

    private void members(JsonNode node, int depth) {
        text.append('{');
        for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> member = all.next();
            line(depth + 1);
            text.append(quoted(member.getKey(), false)).append(indented ? ": " : ":");
            value(member.getValue(), depth + 1);
            if (all.hasNext()) {
                text.append(',');
            }
        }
        if (!node.isEmpty()) {
            line(depth);
        }
        text.append('}');
    }

    private void elements(JsonNode node, int depth) {
        text.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            line(depth + 1);
            value(node.get(i), depth + 1);
        }
        if (!node.isEmpty()) {
            line(depth);
        }
        text.append(']');
    }

    private void line(int depth) {
        if (indented) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    /** In double quotes; {@code wide}: characters beyond 16 bits escape as YAML does, not as JSON's pair. */
    public static String quoted(String value, boolean wide) {
        var quoted = new StringBuilder(value.length() + 2).append('"');
        value.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (point == '\n') {
                quoted.append("\\n");
            } else if (point == '\t') {
                quoted.append("\\t");
            } else if (steers(point)) {
                escape(quoted, point, wide);
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }

    private static void escape(StringBuilder to, int point, boolean wide) {
        if (point <= 0xffff) {
            to.append(String.format("\\u%04x", point));
        } else if (wide) {
            to.append(String.format("\\U%08x", point));
        } else {
            to.append(String.format(
                    "\\u%04x\\u%04x", (int) Character.highSurrogate(point), (int) Character.lowSurrogate(point)));
        }
    }

    /** Whether a terminal could act on the character, or a reader would not see it. */
    public static boolean steers(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
