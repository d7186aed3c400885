package dev.berth.k8s.adapter;

import dev.berth.k8s.crd.adapter.AdapterControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is written to suspend and to resume, compiled. */
final class ControlRules {
    /** Where an object keeps what stood in it before it was suspended: JSON of at most 8 KiB. */
    static final String BEFORE = "berth.dev/before-suspend";

    private static final int MAX_BEFORE = 8_192;
    private static final int MAX_VALUE = 1_024;
    private static final List<Object> BEFORE_PLACE = List.of("metadata", "annotations", BEFORE);
    private static final ObjectPath BEFORE_PATH =
            ObjectPath.parse("control", ".metadata.annotations[\"" + BEFORE + "\"]");

    private record Place(ObjectPath path, Object value, boolean skipIfMissing) {}

    private final List<Place> places = new ArrayList<>();
    private final Optional<Expression> suspended;

    ControlRules(AdapterControl control, Expressions cel) {
        int number = 0;
        for (AdapterControl.Patch patch : control.suspend) {
            String field = "spec.control.suspend[" + number++ + "]";
            ObjectPath path = ObjectPath.parse(field + ".path", patch.path);
            if (!path.writable()) {
                throw new AdapterFailure(field + ".path", "Expected a path below .spec or of one annotation.");
            }
            Object value = Trees.value(patch.value);
            if (value == null || Trees.json(value).length() > MAX_VALUE) {
                throw new AdapterFailure(field + ".value", "Expected a JSON value of at most 1 KiB.");
            }
            places.add(new Place(path, value, patch.skipIfMissing));
        }
        this.suspended = control.suspended.isEmpty()
                ? Optional.empty()
                : Optional.of(cel.compile("spec.control.suspended", control.suspended));
    }

    boolean canSuspend() {
        return !places.isEmpty();
    }

    boolean suspended(Map<String, Object> object, List<Map<String, Object>> roles, int pods) {
        return suspended
                .map(expression -> expression.holds(Map.of("self", object, "roles", roles)))
                .orElse(pods == 0);
    }

    static boolean remembers(Map<String, Object> object) {
        return Write.at(object, BEFORE_PLACE) instanceof String;
    }

    /** What is still to be written to suspend it; nothing where all stands so already. */
    List<Write> suspend(Map<String, Object> object) {
        List<Write> writes = new ArrayList<>();
        Map<String, Object> before = new LinkedHashMap<>();
        for (Place place : places) {
            for (Write write : place.path.writes(object, place.value, place.skipIfMissing)) {
                Object stands = Write.at(object, write.place());
                if (!Objects.equals(stands, write.value())) {
                    writes.add(write);
                    before.put(write.pointer(), stands == null ? List.of() : List.of(stands));
                }
            }
        }
        if (writes.isEmpty() || remembers(object)) {
            return writes;
        }
        String text = Trees.json(before);
        if (text.length() > MAX_BEFORE) {
            throw new AdapterFailure("spec.control.suspend", "What stood there before is more than 8 KiB.");
        }
        writes.addAll(BEFORE_PATH.writes(Write.apply(object, writes), text, false));
        return writes;
    }

    /** What is to be written to make it as it was before it was suspended; nothing where it was not suspended by us. */
    List<Write> resume(Map<String, Object> object) {
        if (!(Write.at(object, BEFORE_PLACE) instanceof String text)) {
            return List.of();
        }
        List<Write> writes = new ArrayList<>();
        Trees.map(Trees.parse(text)).forEach((pointer, before) -> {
            List<Object> place = pointer.startsWith("/") ? Write.place(pointer) : List.of();
            Object was = before instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
            boolean known = places.stream().anyMatch(one -> one.path.covers(place));
            boolean there = known && Write.at(object, place.subList(0, place.size() - 1)) != null;
            if (there && (was != null || Write.at(object, place) != null)) {
                writes.add(new Write(place, was));
            }
        });
        writes.add(new Write(BEFORE_PLACE, null));
        return writes;
    }
}
