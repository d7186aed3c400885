package dev.berth.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Things of this process that several roles share by type and name, such as a simulated cluster. Attached by the role
 * that starts first; looked up by those that start after it.
 */
public final class Attachments {
    private record Key(Class<?> type, String name) {}

    private final Map<Key, Object> things = new ConcurrentHashMap<>();

    /** Attaches the thing; a second one of the same type and name is a wiring mistake. */
    public <T> void attach(Class<T> type, String name, T thing) {
        if (things.putIfAbsent(new Key(type, name), thing) != null) {
            throw new IllegalStateException("Expected one " + type.getSimpleName() + " \"" + name
                    + "\" in this process, but two were attached. Give each its own name.");
        }
    }

    /** Finds the thing, or says which role should have brought it. */
    public <T> T find(Class<T> type, String name) {
        Object thing = things.get(new Key(type, name));
        if (thing == null) {
            throw new IllegalStateException("Expected a " + type.getSimpleName() + " \"" + name
                    + "\" in this process, but none was attached. Start the role that brings it in the same process.");
        }
        return type.cast(thing);
    }

    public void detach(Class<?> type, String name) {
        things.remove(new Key(type, name));
    }
}
