package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.model.Labels;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a department or project deserves in one pool of nodes. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class PoolQuota {
    @JsonPropertyDescription("Name of the NodePool.")
    @Default(Labels.DEFAULT_POOL)
    @Size(min = 1, max = 253)
    public String nodePool = Labels.DEFAULT_POOL;

    @JsonPropertyDescription("Queues of a higher priority are served first with what is over quota.")
    @Default("100")
    @Min(0)
    @Max(1_000_000)
    public int priority = 100;

    @JsonPropertyDescription("Thousandths of a GPU.")
    public Amount gpuMilli = new Amount();

    @JsonPropertyDescription("Thousandths of a CPU core.")
    public Amount cpuMilli = new Amount(Amount.UNLIMITED, Amount.UNLIMITED, 1);

    @JsonPropertyDescription("Mebibytes of memory.")
    public Amount memoryMib = new Amount(Amount.UNLIMITED, Amount.UNLIMITED, 1);

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PoolQuota that
                && Objects.equals(nodePool, that.nodePool)
                && priority == that.priority
                && Objects.equals(gpuMilli, that.gpuMilli)
                && Objects.equals(cpuMilli, that.cpuMilli)
                && Objects.equals(memoryMib, that.memoryMib);
    }

    @Override
    public int hashCode() {
        return Objects.hash(nodePool, priority, gpuMilli, cpuMilli, memoryMib);
    }
}
