package dev.berth.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param keep how dearly it is kept when the terminal is narrow; the lowest goes first
 * @param wide whether it is shown only with {@code -o wide}
 */
record Column(
        String head,
        int keep,
        boolean wide,
        BiFunction<JsonNode, Instant, String> text,
        Function<JsonNode, Palette.Ink> ink) {
    static final int NEVER_DROPPED = 100;

    static Column of(String head, int keep, Function<JsonNode, String> text) {
        return new Column(head, keep, false, (object, now) -> text.apply(object), object -> Palette.Ink.PLAIN);
    }

    /** The text at a JSON pointer. */
    static Column at(String head, int keep, String pointer) {
        return of(head, keep, object -> object.at(pointer).asText(""));
    }

    /** How long ago the moment at a JSON pointer was. */
    static Column age(String head, int keep, String pointer) {
        return new Column(
                head,
                keep,
                false,
                (object, now) -> Ages.since(textAt(object, pointer), now),
                object -> Palette.Ink.PLAIN);
    }

    Column wideOnly() {
        return new Column(head, keep, true, text, ink);
    }

    Column inked(Function<JsonNode, Palette.Ink> by) {
        return new Column(head, keep, wide, text, by);
    }

    private static String textAt(JsonNode object, String pointer) {
        JsonNode value = object.at(pointer);
        return value.isTextual() ? value.textValue() : "";
    }

    String cell(JsonNode object, Instant now) {
        String cell = Clean.cell(text.apply(object, now));
        return cell.isEmpty() || cell.equals("null") ? "<none>" : cell;
    }
}
