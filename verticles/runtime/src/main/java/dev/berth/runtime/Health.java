package dev.berth.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What each part says of itself, behind {@code /healthz} and {@code /readyz}. Thread-safe. */
public final class Health {
    /** A part's own word: whether it serves, and one line why not. */
    public record Status(boolean ready, String detail) {}

    private final Map<String, Status> parts = new ConcurrentSkipListMap<>();

    public void ready(String part) {
        parts.put(part, new Status(true, ""));
    }

    public void notReady(String part, String detail) {
        parts.put(part, new Status(false, detail));
    }

    public void forget(String part) {
        parts.remove(part);
    }

    public Map<String, Status> parts() {
        return Map.copyOf(parts);
    }

    public boolean isReady(String part) {
        Status status = parts.get(part);
        return status != null && status.ready();
    }

    /** Whether every part is. */
    public boolean ready() {
        return parts.values().stream().allMatch(Status::ready);
    }
}
