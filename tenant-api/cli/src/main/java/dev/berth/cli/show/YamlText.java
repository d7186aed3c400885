package dev.berth.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.wire.JsonText;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes trees as YAML in block style. Whatever another reader might take for something else stands in quotes. */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf");

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    public static String of(JsonNode node) {
        var yaml = new YamlText();
        if (nested(node)) {
            yaml.block(node, 0, false);
        } else {
            yaml.text.append(scalar(node)).append('\n');
        }
        return yaml.text.toString();
    }

    /** {@code begun}: the first member stands behind the dash of a list. */
    private void block(JsonNode node, int depth, boolean begun) {
        boolean inline = begun;
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); inline = false) {
                Map.Entry<String, JsonNode> member = all.next();
                indent(inline ? 0 : depth).append(string(member.getKey())).append(':');
                member(member.getValue(), depth);
            }
        } else {
            for (JsonNode element : node) {
                indent(inline ? 0 : depth).append("- ");
                inline = false;
                if (nested(element)) {
                    block(element, depth + 1, true);
                } else {
                    text.append(scalar(element)).append('\n');
                }
            }
        }
    }

    private void member(JsonNode value, int depth) {
        if (nested(value)) {
            text.append('\n');
            block(value, depth + 1, false);
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private StringBuilder indent(int depth) {
        return text.append("  ".repeat(depth));
    }

    private static boolean nested(JsonNode node) {
        return node.isContainerNode() && !node.isEmpty();
    }

    private static String scalar(JsonNode node) {
        if (node.isObject()) {
            return "{}";
        }
        if (node.isArray()) {
            return "[]";
        }
        return node.isTextual() ? string(node.textValue()) : node.asText();
    }

    private static String string(String value) {
        boolean plain = PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(java.util.Locale.ROOT));
        return plain ? value : JsonText.quoted(value, true);
    }
}
