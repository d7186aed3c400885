package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thing that is so, is not so, or is not known of an object, in the form that {@code kubectl wait} understands. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class StatusCondition {
    @JsonPropertyDescription("What it speaks of, in CamelCase.")
    @Required
    @Size(min = 1, max = 63)
    public String type = "";

    @JsonPropertyDescription("True, False or Unknown.")
    @Required
    @Pattern("^(True|False|Unknown)$")
    public String status = "Unknown";

    @JsonPropertyDescription("Stable word for why.")
    @Size(max = 64)
    public String reason = "";

    @JsonPropertyDescription("One sentence for a person.")
    @Size(max = 4096)
    public String message = "";

    @JsonPropertyDescription("When the status last became what it is, by RFC 3339.")
    @Size(max = 40)
    public String lastTransitionTime = "";

    public static StatusCondition of(String type, boolean holds, String reason, String message) {
        StatusCondition condition = new StatusCondition();
        condition.type = type;
        condition.status = holds ? "True" : "False";
        condition.reason = reason;
        condition.message = message.length() > 4096 ? message.substring(0, 4096) : message;
        return condition;
    }

    /** The conditions as they are now: those whose status is as it was keep the moment at which it became so. */
    public static List<StatusCondition> since(List<StatusCondition> before, List<StatusCondition> now, long millis) {
        List<StatusCondition> timed = new ArrayList<>();
        for (StatusCondition one : now) {
            StatusCondition copy = of(one.type, false, one.reason, one.message);
            copy.status = one.status;
            copy.lastTransitionTime = before.stream()
                    .filter(old -> old.type.equals(one.type) && old.status.equals(one.status))
                    .map(old -> old.lastTransitionTime)
                    .findFirst()
                    .orElseGet(
                            () -> Instant.ofEpochMilli(millis - millis % 1000).toString());
            timed.add(copy);
        }
        return timed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatusCondition that
                && type.equals(that.type)
                && status.equals(that.status)
                && reason.equals(that.reason)
                && message.equals(that.message)
                && lastTransitionTime.equals(that.lastTransitionTime);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, status, reason, message);
    }
}
