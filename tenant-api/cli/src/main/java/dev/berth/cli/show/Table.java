package dev.berth.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.wire.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows under heads, two spaces apart. Cells are never wrapped or cut to the terminal's width; instead columns are left out,
 * the least dear first. The columns and their widths are fixed by the first rows, so that rows of a watch stay in line.
 */
public final class Table {
    private static final String GAP = "  ";

    private final Instant now;
    private final Palette palette;
    private final List<Column> columns;
    private final int[] widths;

    /**
     * A table for a terminal.
     *
     * @param width of the terminal; 0: not a terminal, everything is shown
     */
    public record Look(boolean wide, int width, Palette palette) {}

    public Table(Kind kind, Look look, List<JsonNode> first, Instant now) {
        this.now = now;
        this.palette = look.palette();
        List<Column> shown = new ArrayList<>(Columns.of(kind, look.wide()));
        while (look.width() > 0 && total(shown, first, now) > look.width()) {
            Column least =
                    shown.stream().min(Comparator.comparingInt(Column::keep)).orElseThrow();
            if (least.keep() >= Column.NEVER_DROPPED) {
                break;
            }
            shown.remove(least);
        }
        columns = List.copyOf(shown);
        widths = columns.stream().mapToInt(column -> width(column, first, now)).toArray();
    }

    public String heads() {
        var line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            append(line, i, columns.get(i).head(), Palette.Ink.PLAIN);
        }
        return line.toString();
    }

    public String row(JsonNode object) {
        return row(object, now);
    }

    public String row(JsonNode object, Instant at) {
        var line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            append(line, i, column.cell(object, at), column.ink().apply(object));
        }
        return line.toString();
    }

    private void append(StringBuilder line, int index, String cell, Palette.Ink ink) {
        boolean last = index == columns.size() - 1;
        line.append(index == 0 ? "" : GAP).append(palette.paint(ink, cell));
        if (!last) {
            line.append(" ".repeat(Math.max(0, widths[index] - length(cell))));
        }
    }

    private static int total(List<Column> columns, List<JsonNode> rows, Instant now) {
        return columns.stream().mapToInt(column -> width(column, rows, now)).sum()
                + GAP.length() * (columns.size() - 1);
    }

    private static int width(Column column, List<JsonNode> rows, Instant now) {
        int width = column.head().length();
        for (JsonNode row : rows) {
            width = Math.max(width, length(column.cell(row, now)));
        }
        return width;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
