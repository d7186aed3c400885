package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.show.Table;
import dev.berth.cli.show.YamlText;
import dev.berth.cli.wire.JsonText;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes what a watch tells: a table that grows by the rows that change, or one document for each change. */
final class WatchedRows implements Watch.Listener {
    private final Session session;
    private final Kind kind;
    private final Output output;
    private final Predicate<JsonNode> filter;
    private final List<JsonNode> first = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();
    private String only = "";
    private @Nullable Table table;

    WatchedRows(Session session, Kind kind, Output output, Predicate<JsonNode> filter) {
        this.session = session;
        this.kind = kind;
        this.output = output;
        this.filter = filter;
    }

    void only(String id) {
        only = id;
    }

    @Override
    public boolean changed(String type, JsonNode object) {
        String id = object.at("/metadata/id").asText();
        if (!only.isEmpty() && !only.equals(id)) {
            return true;
        }
        boolean deleted = type.equals("DELETED");
        boolean wanted = !deleted && filter.test(object);
        // What leaves the filter is shown once more, so that nobody waits for it.
        if (!(wanted ? shown.add(id) || true : shown.remove(id))) {
            return true;
        }
        write(type, object);
        return session.screen().flushed() && !(deleted && only.equals(id));
    }

    private void write(String type, JsonNode object) {
        Screen screen = session.screen();
        Table rows = table;
        switch (output.format()) {
            case JSON -> screen.say(JsonText.compact(event(type, object)));
            case YAML -> screen.say("---\n" + YamlText.of(event(type, object)).stripTrailing());
            case NAME -> screen.say(Output.name(kind, object));
            case TABLE, WIDE -> {
                if (rows == null) {
                    first.add(object);
                } else if (type.equals("DELETED")) {
                    screen.say(Output.name(kind, object) + " deleted");
                } else {
                    screen.say(rows.row(object, session.now()));
                }
            }
        }
    }

    @Override
    public boolean caughtUp() {
        if (table == null && output.format().table()) {
            Table rows = output.table(session, kind, first);
            table = rows;
            if (output.heads()) {
                session.screen().say(rows.heads());
            }
            first.forEach(object -> session.screen().say(rows.row(object)));
            first.clear();
        }
        return session.screen().flushed();
    }

    private static ObjectNode event(String type, JsonNode object) {
        ObjectNode event = Tree.object().put("type", type);
        event.set("object", object);
        return event;
    }
}
