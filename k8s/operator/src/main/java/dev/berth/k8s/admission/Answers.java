package dev.berth.k8s.admission;

import dev.berth.model.Labels;
import java.util.Locale;

/** From a question to its answer. */
final class Answers {
    private static final String UPDATE = "UPDATE";

    private Answers() {}

    /** @param reserved whether devices reach pods through config maps */
    static byte[] mutate(Review review, Known known, boolean reserved) {
        if (!review.kind().equals("Pod") || !review.object().isObject()) {
            return review.allow();
        }
        String unique = review.uid().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return review.patch(JsonPatch.between(
                review.object(),
                PodDefaults.of(
                        review.object(),
                        review.namespace(),
                        known,
                        unique.substring(0, Math.min(32, unique.length())),
                        reserved)));
    }

    static byte[] validate(Review review, Known known) {
        if (!review.object().isObject()) {
            return review.allow();
        }
        Findings findings;
        if (!review.kind().equals("Pod")) {
            findings = OwnRules.of(review.kind(), review.object(), review.namespace(), known);
        } else if (review.operation().equals(UPDATE)) {
            findings = PodRules.updated(review.before(), review.object(), review.namespace(), known);
        } else {
            findings = PodRules.created(review.object(), review.namespace(), known);
        }
        return findings.errors().isEmpty() ? review.allow() : review.refuse(Labels.GROUP + ": " + findings.message());
    }
}
