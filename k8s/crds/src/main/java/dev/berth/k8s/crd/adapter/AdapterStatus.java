package dev.berth.k8s.crd.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.k8s.crd.StatusCondition;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the grouper says of an adapter. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class AdapterStatus {
    @JsonPropertyDescription(
            "Accepted (it works, and is in use), Served (the API server knows the kind), Permitted (we may read it).")
    @Size(max = 8)
    public List<StatusCondition> conditions = new ArrayList<>();

    @JsonPropertyDescription("The generation of the spec that this status speaks of.")
    public long observedGeneration;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AdapterStatus that
                && conditions.equals(that.conditions)
                && observedGeneration == that.observedGeneration;
    }

    @Override
    public int hashCode() {
        return Objects.hash(conditions, observedGeneration);
    }
}
