package dev.berth.api.server.live;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A listener, what it wants to hear, and how far it has heard. */
public final class Subscription {
    private final UUID tenant;
    private final Set<String> topics;
    private final Filter filter;
    private final Listener listener;
    private long cursor;
    private int skipped;
    private long lastTold;
    private boolean closed;

    /** For each kind of scope the values that will do; an empty set lets everything pass. */
    public record Filter(Set<String> projects, Set<String> clusters, Set<String> pools) {
        public static final Filter NONE = new Filter(Set.of(), Set.of(), Set.of());

        boolean passes(Event event) {
            return any("project:", projects, event) && any("cluster:", clusters, event) && any("pool:", pools, event);
        }

        private static boolean any(String kind, Set<String> wanted, Event event) {
            return wanted.isEmpty()
                    || wanted.stream().anyMatch(value -> event.scopes().contains(kind + value));
        }
    }

    public Subscription(UUID tenant, Set<String> topics, Filter filter, long cursor, Listener listener) {
        this.tenant = tenant;
        this.topics = Set.copyOf(topics);
        this.filter = filter;
        this.cursor = cursor;
        this.listener = listener;
    }

    UUID tenant() {
        return tenant;
    }

    Set<String> topics() {
        return topics;
    }

    long cursor() {
        return cursor;
    }

    Listener listener() {
        return listener;
    }

    boolean closed() {
        return closed;
    }

    /** It hears from now on. */
    void begin(long nowMillis) {
        lastTold = nowMillis;
    }

    void close() {
        closed = true;
    }

    /** Whether it can take events now; counts how often in a row it could not. */
    boolean ready() {
        skipped = listener.full() ? skipped + 1 : 0;
        return skipped == 0;
    }

    int skipped() {
        return skipped;
    }

    /** Tells what it wants to hear of the batch, which brings it up to {@code upTo}. */
    void tell(List<Event> events, long upTo, long nowMillis) {
        cursor = Math.max(cursor, upTo);
        pass(events, nowMillis);
    }

    void pass(List<Event> events, long nowMillis) {
        var wanted = events.stream()
                .filter(event -> topics.contains(event.topic()) && filter.passes(event))
                .toList();
        if (!wanted.isEmpty()) {
            lastTold = nowMillis;
            listener.changed(wanted);
        }
    }

    /** Says that it is quiet, when it was for so long. */
    void quiet(long nowMillis, long afterMillis) {
        if (nowMillis - lastTold >= afterMillis && !listener.full()) {
            lastTold = nowMillis;
            listener.quiet(cursor);
        }
    }
}
