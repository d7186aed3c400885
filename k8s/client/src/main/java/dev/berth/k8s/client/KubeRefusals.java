package dev.berth.k8s.client;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The API server's no, in Berth's words. */
final class KubeRefusals {
    private static final int RETRY_SECONDS = 1;

    private KubeRefusals() {}

    /**
     * The refusal behind a failure.
     *
     * @param what kind and key, for the sentence
     */
    static Refused of(KubernetesClientException failure, String what) {
        String said = said(failure);
        Refusal refusal =
                switch (failure.getCode()) {
                    case 400 -> new Refusal.Malformed(said);
                    case 401 ->
                        new Refusal.Unauthenticated(
                                "Expected the API server to know us, but: " + said, "Check the credentials.");
                    case 403 ->
                        new Refusal.Forbidden(
                                "Expected to be allowed, but: " + said, "Check the roles of the service account.");
                    case 404 -> notFound(what);
                    case 409 -> new Refusal.Conflict(said, "Read it again and repeat the change.");
                    case 410 -> new Refusal.Gone(said);
                    case 413 -> new Refusal.TooLarge(said);
                    case 422 -> new Refusal.Invalid(said, causes(failure.getStatus()));
                    // Everything else, also no answer at all, is the API server's trouble and passes.
                    default -> new Refusal.Busy(said, RETRY_SECONDS);
                };
        return new Refused(refusal);
    }

    static Refusal notFound(String what) {
        int space = what.indexOf(' ');
        return new Refusal.NotFound(what.substring(0, space), what.substring(space + 1));
    }

    private static String said(KubernetesClientException failure) {
        Status status = failure.getStatus();
        String said = status == null || status.getMessage() == null ? failure.getMessage() : status.getMessage();
        return Objects.requireNonNullElse(said, "The API server gave no reason.");
    }

    private static List<Refusal.FieldError> causes(@Nullable Status status) {
        if (status == null || status.getDetails() == null) {
            return List.of();
        }
        return status.getDetails().getCauses().stream().map(KubeRefusals::error).toList();
    }

    private static Refusal.FieldError error(StatusCause cause) {
        String field = Objects.requireNonNullElse(cause.getField(), "");
        return new Refusal.FieldError(
                "/" + field.replace('.', '/'),
                Objects.requireNonNullElse(cause.getReason(), "invalid"),
                Objects.requireNonNullElse(cause.getMessage(), ""));
    }
}
