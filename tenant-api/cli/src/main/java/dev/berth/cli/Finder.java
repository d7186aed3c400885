package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.outcome.Nearest;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Query;
import dev.berth.cli.wire.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds objects: one by its name, or many page by page. */
record Finder(Api api) {
    static final int MAX_ALL = 100_000;
    private static final int PAGE = 500;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * How much of a list is wanted.
     *
     * @param most objects at most
     * @param cursor where to begin; empty: at the beginning
     */
    record Span(int most, String cursor) {}

    /** Reads pages until the span is full; {@code next} of the answer says where more would begin. */
    ObjectNode list(Kind kind, Query query, Span span) {
        ObjectNode whole = null;
        ArrayNode items = Tree.array();
        String cursor = span.cursor();
        do {
            int limit = Math.min(PAGE, span.most() - items.size());
            Query page = query.with("limit", Integer.toString(limit)).with("cursor", cursor);
            JsonNode answer = api.get(kind.path(), page);
            answer.path("items").forEach(items::add);
            cursor = answer.path("next").isTextual() ? answer.path("next").textValue() : "";
            if (whole == null && answer instanceof ObjectNode first) {
                whole = first;
            }
        } while (!cursor.isEmpty() && items.size() < span.most());
        ObjectNode list = whole == null ? Tree.object() : whole;
        list.set("items", items);
        if (cursor.isEmpty()) {
            list.putNull("next");
        } else {
            list.put("next", cursor);
        }
        return list;
    }

    /** One object; {@code scope} narrows where its name is looked for. */
    JsonNode one(Target target, Query scope) {
        if (target.kind().readByName()) {
            return helped(target, scope, () -> api.get(target.kind().path(target.name()), scoped(target, scope)));
        }
        for (JsonNode item : list(target.kind(), scope, new Span(MAX_ALL, "")).path("items")) {
            if (item.at("/metadata/name").asText().equals(target.name())) {
                return item;
            }
        }
        return helped(target, scope, () -> {
            throw Failure.of(
                    ExitCode.NOT_FOUND,
                    "There is no " + target.kind().singular() + " \"" + target.name() + "\" that you may see.");
        });
    }

    /** What goes with a name; an id says already where its object is. */
    static Query scoped(Target target, Query scope) {
        String parameter = target.kind().scope();
        return parameter.isEmpty() || ID.matcher(target.name()).matches()
                ? Query.NONE
                : Query.NONE.with(parameter, scope.parameters().getOrDefault(parameter, ""));
    }

    /** Calls, and when the name is not known says which one was probably meant. */
    <T> T helped(Target target, Query scope, Supplier<T> call) {
        try {
            return call.get();
        } catch (Failure failure) {
            boolean unknown = failure.code() == ExitCode.NOT_FOUND && failure.status() != 403;
            throw unknown ? failure.hint(suggestion(target, scope)) : failure;
        }
    }

    private String suggestion(Target target, Query scope) {
        List<String> names = new ArrayList<>();
        try {
            list(target.kind(), scope, new Span(PAGE, ""))
                    .path("items")
                    .forEach(item -> names.add(item.at("/metadata/name").asText()));
        } catch (Failure noList) {
            return "";
        }
        String question = Nearest.question(target.name(), names);
        String all = "See all: berth get " + target.kind().plural();
        return question.isEmpty() ? all : question + " " + all;
    }
}
