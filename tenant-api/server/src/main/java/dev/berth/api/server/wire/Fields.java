package dev.berth.api.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Refusal;
import dev.berth.model.Refusal.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one JSON object, and notes what is wrong with a pointer to it instead of stopping at the first
 * mistake. {@link #done} notes members that nobody read.
 */
public final class Fields {
    private static final int MAX_ERRORS = 100;

    private final @Nullable ObjectNode node;
    private final String pointer;
    private final List<FieldError> errors;
    private final Set<String> known = new HashSet<>();

    private Fields(@Nullable JsonNode node, String pointer, List<FieldError> errors) {
        this.node = node instanceof ObjectNode object ? object : null;
        this.pointer = pointer;
        this.errors = errors;
        if (node != null && !node.isNull() && this.node == null) {
            note("", "type", "Expected an object.");
        }
    }

    /** Reads the whole body. */
    public static Fields of(JsonNode body, List<FieldError> errors) {
        return of(body, "", errors);
    }

    /** Reads a body that stands at {@code pointer} of the request. */
    public static Fields of(JsonNode body, String pointer, List<FieldError> errors) {
        var fields = new Fields(body, pointer, errors);
        if (body.isNull()) {
            fields.note("", "type", "Expected an object.");
        }
        return fields;
    }

    public String pointer(String name) {
        return pointer + "/" + escaped(name);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Notes a mistake in the member; the empty name is the object itself. */
    public void note(String name, String code, String detail) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new FieldError(name.isEmpty() ? pointer : pointer(name), code, detail));
        }
    }

    public boolean has(String name) {
        JsonNode value = value(name);
        return value != null;
    }

    /** A text of {@code min} to {@code max} characters, or null when it is absent or wrong. */
    public @Nullable String text(String name, int min, int max) {
        JsonNode value = value(name);
        return value == null ? null : checkedText(name, value, min, max);
    }

    public String text(String name, int max, String absent) {
        String text = text(name, 0, max);
        return text == null ? absent : text;
    }

    /** Like {@link #text(String, int, int)}, but its absence is a mistake. */
    public String requiredText(String name, int min, int max) {
        if (!has(name)) {
            note(name, "required", "Expected a text here.");
        }
        String text = text(name, min, max);
        return text == null ? "" : text;
    }

    /** One of the words. */
    public String word(String name, Set<String> words, String absent) {
        String text = text(name, 0, 100);
        if (text == null) {
            return absent;
        }
        if (!words.contains(text)) {
            note(
                    name,
                    "enum",
                    "Expected one of "
                            + String.join(", ", words.stream().sorted().toList()) + ".");
        }
        return text;
    }

    /** Notes a mistake unless the text matches. */
    public void match(String name, String text, Pattern pattern, String expected) {
        if (!pattern.matcher(text).matches()) {
            note(name, "pattern", "Expected " + expected + ".");
        }
    }

    public long whole(String name, long min, long max, long absent) {
        JsonNode value = value(name);
        if (value == null) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            note(name, "type", "Expected a whole number.");
            return absent;
        }
        long number = value.longValue();
        if (number < min || number > max) {
            note(name, "range", "Expected " + min + " to " + max + ".");
            return absent;
        }
        return number;
    }

    public double number(String name, double min, double max, double absent) {
        JsonNode value = value(name);
        if (value == null) {
            return absent;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= min && number <= max)) {
            note(name, "range", "Expected a number from " + min + " to " + max + ".");
            return absent;
        }
        return number;
    }

    public boolean flag(String name, boolean absent) {
        JsonNode value = value(name);
        if (value == null) {
            return absent;
        }
        if (!value.isBoolean()) {
            note(name, "type", "Expected true or false.");
        }
        return value.booleanValue();
    }

    /** The object inside; without members when it is absent. */
    public Fields object(String name) {
        return new Fields(value(name), pointer(name), errors);
    }

    public List<Fields> objects(String name, int max) {
        var found = new ArrayList<Fields>();
        List<JsonNode> items = array(name, max);
        for (int i = 0; i < items.size(); i++) {
            found.add(of(items.get(i), pointer(name) + "/" + i, errors));
        }
        return found;
    }

    public List<String> texts(String name, int max, int minLength, int maxLength) {
        var found = new ArrayList<String>();
        List<JsonNode> items = array(name, max);
        for (int i = 0; i < items.size(); i++) {
            String text = checkedText(name + "/" + i, items.get(i), minLength, maxLength);
            found.add(text == null ? "" : text);
        }
        return found;
    }

    /** A map of texts whose keys match. */
    public Map<String, String> map(String name, int max, Pattern keys, int maxLength) {
        var found = new TreeMap<String, String>();
        JsonNode value = value(name);
        if (value == null) {
            return found;
        }
        if (!value.isObject() || value.size() > max) {
            note(name, "type", "Expected an object of at most " + max + " texts.");
            return found;
        }
        Fields inside = object(name);
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!keys.matcher(entry.getKey()).matches()) {
                inside.note(shortened(entry.getKey()), "pattern", "This key is not allowed here.");
                continue;
            }
            String text = inside.checkedText(escaped(entry.getKey()), entry.getValue(), 0, maxLength);
            found.put(entry.getKey(), text == null ? "" : text);
        }
        return found;
    }

    /** What is wrong as a whole, in a sentence about {@code what}. */
    public static Refusal.Invalid refusal(String what, List<FieldError> errors) {
        String count = errors.size() == 1 ? "a mistake" : errors.size() + " mistakes";
        return new Refusal.Invalid(what + " has " + count + ".", errors);
    }

    /** Reads the member without looking at it: what only the server sets may be sent back. */
    public void ignore(String... names) {
        known.addAll(List.of(names));
    }

    /** Notes each member that was not read. */
    public void done() {
        if (node != null) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (!known.contains(entry.getKey())) {
                    note(shortened(entry.getKey()), "unknown", "There is no such field here.");
                }
            }
        }
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        JsonNode value = node == null ? null : node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private List<JsonNode> array(String name, int max) {
        JsonNode value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.size() > max) {
            note(name, "type", "Expected an array of at most " + max + " items.");
            return List.of();
        }
        var items = new ArrayList<JsonNode>(value.size());
        value.forEach(items::add);
        return items;
    }

    private @Nullable String checkedText(String name, JsonNode value, int min, int max) {
        if (!value.isTextual()) {
            noteRaw(name, "type", "Expected a text.");
            return null;
        }
        String text = value.textValue();
        if (text.length() < min || text.length() > max) {
            noteRaw(name, "length", "Expected " + min + " to " + max + " characters.");
            return null;
        }
        if (!storable(text)) {
            noteRaw(name, "characters", "Expected Unicode text without NUL and without halves of surrogate pairs.");
            return null;
        }
        return text;
    }

    private void noteRaw(String path, String code, String detail) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new FieldError(pointer + "/" + shortened(path), code, detail));
        }
    }

    private static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String shortened(String key) {
        return key.length() > 100 ? key.substring(0, 100) + "…" : key;
    }
}
