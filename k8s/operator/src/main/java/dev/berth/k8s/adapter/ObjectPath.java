package dev.berth.k8s.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in an object: {@code .name}, {@code ["any key"]}, {@code [*]} for each element of a list or value of a
 * map, {@code [name=literal]} for the list element whose field equals the literal. Unlike an expression it can be written
 * to. It starts at the object.
 */
final class ObjectPath {
    private static final int MAX_LENGTH = 256;
    private static final int MAX_PLACES = 256;
    private static final Pattern STEP = Pattern.compile(
            "\\.([A-Za-z_][A-Za-z0-9_-]*)|\\[\"([^\"\\\\]+)\"]|\\[(\\*)]|\\[([A-Za-z][A-Za-z0-9]*)=([^\\]\"=]+)]");

    private sealed interface Step {}

    private record Key(String name) implements Step {}

    private record Each() implements Step {}

    private record Having(String field, String literal) implements Step {}

    private final String text;
    private final List<Step> steps;

    private ObjectPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /** Reads a path; {@link AdapterFailure} with the column where it cannot be read. */
    static ObjectPath parse(String field, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new AdapterFailure(field, "Expected a path of at most " + MAX_LENGTH + " characters.");
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new AdapterFailure(
                        field,
                        "Expected .name, [\"key\"], [*] or [name=literal] at column " + (at + 1) + " of the path.");
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        if (steps.isEmpty()) {
            throw new AdapterFailure(field, "Expected a path such as .spec.replicas, but it is empty.");
        }
        return new ObjectPath(text, steps);
    }

    private static Step step(Matcher matcher) {
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        if (name != null) {
            return new Key(name);
        }
        String field = matcher.group(4);
        String literal = matcher.group(5);
        return field == null || literal == null ? new Each() : new Having(field, literal);
    }

    /** Whether it may be written: below spec, or an annotation, and nothing that belongs to others. */
    boolean writable() {
        if (steps.size() < 2 || !(steps.get(0) instanceof Key first)) {
            return false;
        }
        boolean annotation = first.name().equals("metadata")
                && steps.size() == 3
                && steps.get(1).equals(new Key("annotations"))
                && steps.get(2) instanceof Key;
        return first.name().equals("spec") || annotation;
    }

    /** Whether the place is one that a write of this path may have, so that an annotation which others can write leads nowhere else. */
    boolean covers(List<Object> place) {
        if (place.isEmpty() || place.size() > steps.size()) {
            return false;
        }
        for (int i = 0; i < place.size(); i++) {
            if (steps.get(i) instanceof Key key
                    && !key.name().equals(place.get(i).toString())) {
                return false;
            }
        }
        return true;
    }

    /** What is there, in order; nothing where there is nothing. */
    List<Object> read(Map<String, Object> object) {
        List<Object> found = List.of(object);
        for (Step step : steps) {
            List<Object> next = new ArrayList<>();
            for (Object at : found) {
                children(at, step, next);
            }
            found = next;
        }
        return found;
    }

    private static void children(Object at, Step step, List<Object> into) {
        if (step instanceof Key key) {
            if (!(at instanceof Map<?, ?>)) {
                return;
            }
            Object child = Trees.map(at).get(key.name());
            if (child != null) {
                into.add(child);
            }
        } else if (step instanceof Having having) {
            if (at instanceof List<?> list) {
                for (Object item : list) {
                    if (having.literal().equals(Trees.map(item).get(having.field()))) {
                        into.add(item);
                    }
                }
            }
        } else if (at instanceof List<?> list) {
            list.stream().limit(MAX_PLACES).forEach(into::add);
        } else if (at instanceof Map<?, ?> map) {
            map.values().stream().limit(MAX_PLACES).forEach(into::add);
        }
    }

    /**
     * The writes that put the value there. Where a map on the way is missing, the write makes it; where a list element or
     * a value of a map that stands for all is missing, there is nothing to write.
     */
    List<Write> writes(Map<String, Object> object, Object value, boolean skipIfMissing) {
        List<Write> writes = new ArrayList<>();
        collect(object, 0, List.of(), new Wanted(value, skipIfMissing, writes));
        return writes;
    }

    private record Wanted(Object value, boolean skipIfMissing, List<Write> writes) {}

    private void collect(Object at, int depth, List<Object> pointer, Wanted wanted) {
        if (wanted.writes().size() >= MAX_PLACES) {
            return;
        }
        Step step = steps.get(depth);
        boolean last = depth == steps.size() - 1;
        if (step instanceof Key key) {
            if (!(at instanceof Map<?, ?>)) {
                return;
            }
            Object child = Trees.map(at).get(key.name());
            List<Object> place = with(pointer, key.name());
            if (last || child == null) {
                if (child != null || !wanted.skipIfMissing()) {
                    Object rest = last ? wanted.value() : nested(depth + 1, wanted.value());
                    if (rest != null) {
                        wanted.writes().add(new Write(place, rest));
                    }
                }
            } else {
                collect(child, depth + 1, place, wanted);
            }
        } else if (at instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                boolean chosen = !(step instanceof Having having)
                        || having.literal().equals(Trees.map(list.get(i)).get(having.field()));
                if (chosen) {
                    below(list.get(i), depth, with(pointer, i), wanted);
                }
            }
        } else if (at instanceof Map<?, ?> map && step instanceof Each) {
            map.forEach((name, child) -> below(child, depth, with(pointer, name), wanted));
        }
    }

    private void below(Object child, int depth, List<Object> place, Wanted wanted) {
        if (depth == steps.size() - 1) {
            wanted.writes().add(new Write(place, wanted.value()));
        } else {
            collect(child, depth + 1, place, wanted);
        }
    }

    /** The value below maps that are missing; null where the rest of the path is not made of keys. */
    private @Nullable Object nested(int depth, Object value) {
        Object made = value;
        for (int i = steps.size() - 1; i >= depth; i--) {
            if (!(steps.get(i) instanceof Key key)) {
                return null;
            }
            made = new LinkedHashMap<>(Map.of(key.name(), made));
        }
        return made;
    }

    private static List<Object> with(List<Object> pointer, Object step) {
        List<Object> longer = new ArrayList<>(pointer);
        longer.add(step);
        return longer;
    }

    @Override
    public String toString() {
        return text;
    }
}
