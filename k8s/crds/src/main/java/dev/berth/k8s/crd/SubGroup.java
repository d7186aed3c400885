package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Part of a {@link PodGroup}, such as the workers beside their launcher. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class SubGroup {
    @JsonPropertyDescription("Name, as in the pods' label berth.dev/sub-group.")
    @Required
    @Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")
    public String name = "";

    @JsonPropertyDescription("Pods of it without which none of the group is bound.")
    @Min(0)
    @Max(100_000)
    public int minMember;

    @JsonPropertyDescription("Pods to which it may grow; what is above the minimum can be taken back.")
    @Min(0)
    @Max(100_000)
    public int maxMember;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubGroup that
                && name.equals(that.name)
                && minMember == that.minMember
                && maxMember == that.maxMember;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, minMember, maxMember);
    }
}
