package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.show.Clean;
import dev.berth.cli.show.Table;
import dev.berth.cli.show.YamlText;
import dev.berth.cli.wire.JsonText;
import dev.berth.cli.wire.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code -o} and what it means for objects and lists. */
final class Output {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            converter = Format.Reader.class,
            completionCandidates = Format.Words.class,
            description = "table, wide, json, yaml or name; json and yaml are the API's objects unchanged.")
    private Format format = Format.TABLE;

    @Option(names = "--no-headers", description = "Leave out the heads of the table.")
    private boolean noHeaders;

    Format format() {
        return format;
    }

    boolean heads() {
        return !noHeaders;
    }

    /** One object, as it was read. */
    void object(Session session, Kind kind, JsonNode object) {
        if (format.table()) {
            rows(session, kind, List.of(object));
        } else {
            session.screen().say(text(kind, object));
        }
    }

    /** A list, as the API answers it. */
    void list(Session session, Kind kind, ObjectNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.path("items").forEach(items::add);
        switch (format) {
            case JSON -> session.screen().say(JsonText.indented(list));
            case YAML -> session.screen().say(YamlText.of(list).stripTrailing());
            case NAME -> items.forEach(item -> session.screen().say(name(kind, item)));
            case TABLE, WIDE -> rows(session, kind, items);
        }
    }

    private String text(Kind kind, JsonNode object) {
        return switch (format) {
            case JSON -> JsonText.indented(object);
            case YAML -> YamlText.of(object).stripTrailing();
            case NAME, TABLE, WIDE -> name(kind, object);
        };
    }

    private void rows(Session session, Kind kind, List<JsonNode> items) {
        if (items.isEmpty()) {
            session.screen().note("No " + kind.plural() + " found.");
            return;
        }
        Table table = table(session, kind, items);
        if (heads()) {
            session.screen().say(table.heads());
        }
        items.forEach(item -> session.screen().say(table.row(item)));
    }

    Table table(Session session, Kind kind, List<JsonNode> first) {
        boolean wide = format == Format.WIDE;
        var look = new Table.Look(
                wide, wide ? 0 : width(session.terminal()), session.screen().palette());
        return new Table(kind, look, first, session.now());
    }

    private static int width(Terminal terminal) {
        Terminal.Person person = terminal.person();
        if (person == null) {
            return 0;
        }
        String columns = terminal.variable("COLUMNS");
        return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : person.width();
    }

    /** As other commands take it: {@code workload/hello}. */
    static String name(Kind kind, JsonNode object) {
        return kind.singular() + "/" + Clean.line(object.at("/metadata/name").asText());
    }
}
