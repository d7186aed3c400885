package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How close the pods of a {@link PodGroup} are to be; levels are node labels of the named topology. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class TopologyWish {
    @JsonPropertyDescription("Name of the topology.")
    @Size(max = 253)
    public String name = "";

    @JsonPropertyDescription("Level within one domain of which all must be.")
    @Size(max = 316)
    public String required = "";

    @JsonPropertyDescription("Level within one domain of which all should be.")
    @Size(max = 316)
    public String preferred = "";

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopologyWish that
                && name.equals(that.name)
                && required.equals(that.required)
                && preferred.equals(that.preferred);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, required, preferred);
    }
}
