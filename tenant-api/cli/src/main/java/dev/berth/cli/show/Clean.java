package dev.berth.cli.show;

import dev.berth.cli.wire.JsonText;

/** Takes the power over the terminal from texts of strangers, and leaves them readable. */
public final class Clean {
    private static final int MAX_CELL = 300;

    private Clean() {}

    /** One line: control characters become visible escapes, line breaks spaces. */
    public static String line(String text) {
        return clean(text.replaceAll("[\\r\\n\\t]+", " "), false);
    }

    /** Several lines, each of them clean. */
    public static String lines(String text) {
        return clean(text, true);
    }

    /** A line that fits a cell. */
    static String cell(String text) {
        String line = line(text);
        int end = line.offsetByCodePoints(0, Math.min(MAX_CELL, line.codePointCount(0, line.length())));
        return end == line.length() ? line : line.substring(0, end) + "…";
    }

    private static String clean(String text, boolean keepLines) {
        if (text.codePoints().noneMatch(JsonText::steers)) {
            return text;
        }
        var clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (JsonText.steers(point) && !(keepLines && point == '\n')) {
                clean.append(String.format(point > 0xffff ? "\\U%08x" : "\\u%04x", point));
            } else {
                clean.appendCodePoint(point);
            }
        });
        return clean.toString();
    }
}
