package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What containers of a project get when they ask for nothing, and what none may exceed. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public final class ContainerBounds {
    private static final long MOST = 1L << 40;

    @JsonPropertyDescription("Thousandths of cores for a container that asks for none; 0: no default.")
    @Min(0)
    @Max(MOST)
    public long defaultCpuMilli;

    @JsonPropertyDescription("MiB of memory for a container that asks for none; 0: no default.")
    @Min(0)
    @Max(MOST)
    public long defaultMemoryMib;

    @JsonPropertyDescription("Most thousandths of cores of one container; 0: no bound.")
    @Min(0)
    @Max(MOST)
    public long maxCpuMilli;

    @JsonPropertyDescription("Most MiB of memory of one container; 0: no bound.")
    @Min(0)
    @Max(MOST)
    public long maxMemoryMib;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContainerBounds that
                && defaultCpuMilli == that.defaultCpuMilli
                && defaultMemoryMib == that.defaultMemoryMib
                && maxCpuMilli == that.maxCpuMilli
                && maxMemoryMib == that.maxMemoryMib;
    }

    @Override
    public int hashCode() {
        return Objects.hash(defaultCpuMilli, defaultMemoryMib, maxCpuMilli, maxMemoryMib);
    }
}
