package dev.berth.k8s.admission;

import dev.berth.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with an object: all of it at once, each with its field, its rule and what to do. */
final class Findings {
    private static final int SHOWN = 80;
    private static final int MOST = 20;

    private final List<Refusal.FieldError> errors = new ArrayList<>();

    void add(String pointer, String rule, String sentence) {
        errors.add(new Refusal.FieldError(pointer, rule, sentence));
    }

    List<Refusal.FieldError> errors() {
        return List.copyOf(errors);
    }

    /** One line for who ran kubectl. */
    String message() {
        return errors.stream()
                .limit(MOST)
                .map(error -> error.pointer() + " (" + error.code() + "): " + error.detail())
                .collect(Collectors.joining(" "));
    }

    /** A value of a user as it may be shown. */
    static String shown(String value) {
        String head = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
        return '"' + head.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
