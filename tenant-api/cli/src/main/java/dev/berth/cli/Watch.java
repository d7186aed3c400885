package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Feed;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Problems;
import dev.berth.cli.wire.Query;
import dev.berth.cli.wire.Tree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a list through lost connections. A stream that breaks is resumed behind the last event; where that is no longer
 * kept, the list is read again and only what differs is told, with what has gone in the meantime.
 */
final class Watch {
    private static final int HTTP_GONE = 410;
    private static final int SILENT_MILLIS = 20_000;
    private static final int MAX_FAILURES = 60;
    private static final long FIRST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 8_000;

    private final Session session;
    private final Api api;
    private final Kind kind;
    private final Query query;
    private final Listener listener;
    private final Map<String, Known> known = new HashMap<>();
    private @Nullable Set<String> listed = new HashSet<>();
    private @Nullable Instant deadline;
    private String lastId = "";
    private boolean connected;
    private int failures;

    /** What was told last of an object. */
    private record Known(String name, int content) {}

    /** Hears of changes; false ends the watch. */
    interface Listener {
        boolean changed(String type, JsonNode object);

        /** All that was there at the beginning has been told. */
        boolean caughtUp();
    }

    Watch(Session session, Api api, Kind kind, Query query, Listener listener) {
        this.session = session;
        this.api = api;
        this.kind = kind;
        this.query = query.without("sort");
        this.listener = listener;
    }

    Watch until(Instant end) {
        deadline = end;
        return this;
    }

    /** Runs until the listener has enough; false when the deadline came first. */
    boolean run() {
        while (left() > 0) {
            boolean inOrder = false;
            try (Feed feed = open()) {
                if (!follow(feed)) {
                    return true;
                }
                inOrder = lastId.isEmpty();
            } catch (IOException broken) {
                inOrder = false;
            }
            if (!inOrder && left() > 0) {
                lost();
            }
        }
        return false;
    }

    private long left() {
        Instant end = deadline;
        return end == null
                ? Long.MAX_VALUE
                : Duration.between(session.now(), end).toMillis();
    }

    /** The first try fails at once; later ones are repeated for minutes. */
    private Feed open() {
        while (true) {
            try {
                int patience = (int) Math.max(1, Math.min(SILENT_MILLIS, left()));
                Feed feed = api.open(kind.path(), query, lastId, patience);
                connected = true;
                return feed;
            } catch (Failure failure) {
                boolean passing = failure.code() == ExitCode.UNREACHABLE && connected;
                if (failure.status() == HTTP_GONE && !lastId.isEmpty()) {
                    listAgain();
                } else if (passing && failures < MAX_FAILURES && left() > 0) {
                    lost();
                } else {
                    throw failure;
                }
            }
        }
    }

    private void lost() {
        if (failures == 0) {
            session.screen().note("The connection was lost; trying again.");
        }
        session.terminal().clock().pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 5)));
        failures++;
    }

    private void listAgain() {
        lastId = "";
        listed = new HashSet<>();
    }

    /** Whether to go on when the stream has ended. */
    private boolean follow(Feed feed) throws IOException {
        if (lastId.isEmpty()) {
            listed = new HashSet<>();
        }
        for (Feed.Event event = feed.next(); event != null; event = feed.next()) {
            failures = 0;
            if (!take(event)) {
                return false;
            }
            if (event.type().equals("error")) {
                return true;
            }
            lastId = event.id().isEmpty() ? lastId : event.id();
            if (left() <= 0) {
                return true;
            }
        }
        return true;
    }

    private boolean take(Feed.Event event) throws IOException {
        JsonNode data = Tree.read(event.data());
        return switch (event.type()) {
            case "BOOKMARK" -> caughtUp();
            case "ADDED", "MODIFIED" -> changed(event.type(), data);
            case "DELETED" -> known.remove(id(data)) == null || listener.changed("DELETED", data);
            case "error" -> refused(data);
            default -> true;
        };
    }

    private boolean refused(JsonNode problem) {
        if (problem.path("status").asInt() != HTTP_GONE) {
            throw Problems.of(problem, api.server());
        }
        listAgain();
        return true;
    }

    private boolean changed(String type, JsonNode object) {
        Set<String> list = listed;
        if (list != null) {
            list.add(id(object));
        }
        var now = new Known(object.at("/metadata/name").asText(), object.hashCode());
        Known before = known.put(id(object), now);
        if (list != null && now.equals(before)) {
            return true;
        }
        return listener.changed(before == null ? "ADDED" : type.equals("ADDED") ? "MODIFIED" : type, object);
    }

    private boolean caughtUp() {
        Set<String> list = listed;
        if (list == null) {
            return true;
        }
        listed = null;
        for (String id : Set.copyOf(known.keySet())) {
            if (!list.contains(id)) {
                Known lost = known.remove(id);
                if (lost != null && !listener.changed("DELETED", gone(id, lost.name()))) {
                    return false;
                }
            }
        }
        return listener.caughtUp();
    }

    private static ObjectNode gone(String id, String name) {
        ObjectNode object = Tree.object();
        object.putObject("metadata").put("id", id).put("name", name);
        return object;
    }

    private static String id(JsonNode object) {
        return object.at("/metadata/id").asText();
    }
}
