package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pod in a {@link WorkloadStatus}: where it is and which devices it has. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class PodState {
    @JsonPropertyDescription("Name of the pod.")
    @Size(max = 253)
    public String name = "";

    @JsonPropertyDescription("Node that it is bound to; empty: none yet.")
    @Size(max = 253)
    public String node = "";

    @JsonPropertyDescription("Indices of its GPUs on that node.")
    @Size(max = 64)
    public List<Integer> gpus = new ArrayList<>();

    @JsonPropertyDescription("Thousandths of each of those GPUs.")
    public int gpuMilli;

    @JsonPropertyDescription("The pod's phase: Pending, Running, Succeeded or Failed.")
    @Size(max = 64)
    public String phase = "";

    @JsonPropertyDescription("When it ran, in milliseconds since 1970.")
    public @Nullable Long startedAtMillis;

    @JsonPropertyDescription("When it ended, in milliseconds since 1970.")
    public @Nullable Long finishedAtMillis;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PodState that
                && name.equals(that.name)
                && node.equals(that.node)
                && gpus.equals(that.gpus)
                && gpuMilli == that.gpuMilli
                && phase.equals(that.phase)
                && Objects.equals(startedAtMillis, that.startedAtMillis)
                && Objects.equals(finishedAtMillis, that.finishedAtMillis);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, node, phase);
    }
}
