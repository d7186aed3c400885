package dev.berth.k8s.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of an object.
 *
 * @param place keys of maps and indices of lists, from the object down
 * @param value what is to stand there; null removes what does
 */
public record Write(List<Object> place, @Nullable Object value) {
    public Write {
        place = List.copyOf(place);
    }

    /** The place as a JSON pointer (RFC 6901). */
    public String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (Object step : place) {
            pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    static List<Object> place(String pointer) {
        List<Object> place = new ArrayList<>();
        for (String step : pointer.substring(1).split("/", -1)) {
            place.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return place;
    }

    /** All writes as a JSON patch (RFC 6902) that fails where the object is no longer of that version. */
    public static String patch(List<Write> writes, String resourceVersion) {
        List<Object> operations = new ArrayList<>();
        if (!resourceVersion.isEmpty()) {
            operations.add(operation("test", "/metadata/resourceVersion", resourceVersion));
        }
        for (Write write : writes) {
            boolean element = write.place.get(write.place.size() - 1) instanceof Integer;
            String verb = write.value == null ? "remove" : element ? "replace" : "add";
            operations.add(operation(verb, write.pointer(), write.value));
        }
        return Trees.json(operations);
    }

    private static Map<String, Object> operation(String verb, String pointer, @Nullable Object value) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", verb);
        operation.put("path", pointer);
        if (value != null) {
            operation.put("value", value);
        }
        return operation;
    }

    /** What stands there now; null: nothing. */
    static @Nullable Object at(Map<String, Object> object, List<Object> place) {
        Object at = object;
        for (Object step : place) {
            at = child(at, step);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    private static @Nullable Object child(@Nullable Object at, Object step) {
        if (at instanceof List<?> list) {
            int index = index(step);
            return index >= 0 && index < list.size() ? list.get(index) : null;
        }
        return Trees.map(at).get(step.toString());
    }

    private static int index(Object step) {
        if (step instanceof Integer index) {
            return index;
        }
        String text = step.toString();
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }

    /** The object after all writes; itself stays as it is. */
    static Map<String, Object> apply(Map<String, Object> object, List<Write> writes) {
        Map<String, Object> changed = Trees.map(Trees.copy(object));
        for (Write write : writes) {
            Object parent = at(changed, write.place.subList(0, write.place.size() - 1));
            Object step = write.place.get(write.place.size() - 1);
            if (parent instanceof Map<?, ?>) {
                if (write.value == null) {
                    Trees.map(parent).remove(step.toString());
                } else {
                    Trees.map(parent).put(step.toString(), Trees.copy(write.value));
                }
            } else if (parent instanceof List<?> && write.value != null) {
                @SuppressWarnings("unchecked")
                List<Object> list = (List<Object>) parent;
                list.set(index(step), Trees.copy(write.value));
            }
        }
        return changed;
    }
}
