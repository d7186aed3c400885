package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pod of a {@link Workload}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class PodShape {
    @JsonPropertyDescription("Container image.")
    @Required
    @Size(min = 1, max = 1024)
    public String image = "";

    @JsonPropertyDescription("Command and arguments; empty: the image's own.")
    @Size(max = 256)
    public List<String> command = new ArrayList<>();

    @JsonPropertyDescription("Environment variables.")
    @Size(max = 256)
    public Map<String, String> environment = new LinkedHashMap<>();

    @JsonPropertyDescription("Thousandths of a CPU core, requested and limited.")
    @Default("0")
    @Min(0)
    @Max(100_000_000)
    public long cpuMilli;

    @JsonPropertyDescription("Mebibytes of memory, requested and limited.")
    @Default("0")
    @Min(0)
    @Max(1_000_000_000)
    public long memoryMib;

    @JsonPropertyDescription("What is needed of the node's GPUs.")
    public Gpu gpu = new Gpu();

    @JsonPropertyDescription("GPU models that will do; empty: any.")
    @Size(max = 64)
    public List<String> gpuModels = new ArrayList<>();

    @JsonPropertyDescription("Labels that the node must carry.")
    @Size(max = 256)
    public Map<String, String> nodeSelector = new LinkedHashMap<>();

    @JsonPropertyDescription("Annotations of the pods.")
    @Size(max = 256)
    public Map<String, String> annotations = new LinkedHashMap<>();

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PodShape that
                && Objects.equals(image, that.image)
                && Objects.equals(command, that.command)
                && Objects.equals(environment, that.environment)
                && cpuMilli == that.cpuMilli
                && memoryMib == that.memoryMib
                && Objects.equals(gpu, that.gpu)
                && Objects.equals(gpuModels, that.gpuModels)
                && Objects.equals(nodeSelector, that.nodeSelector)
                && Objects.equals(annotations, that.annotations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                image, command, environment, cpuMilli, memoryMib, gpu, gpuModels, nodeSelector, annotations);
    }

    /** Whole devices, or the same part of each device: by thousandths or by memory. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "self.fractionMilli == 0 || self.memoryMib == 0",
            message = "give fractionMilli or memoryMib, not both")
    public static final class Gpu {
        @JsonPropertyDescription("Number of GPUs.")
        @Default("0")
        @Min(0)
        @Max(64)
        public int devices;

        @JsonPropertyDescription("Thousandths of each GPU; 0: whole ones.")
        @Default("0")
        @Min(0)
        @Max(999)
        public int fractionMilli;

        @JsonPropertyDescription("Mebibytes of memory of each GPU; 0: all.")
        @Default("0")
        @Min(0)
        @Max(16_777_216)
        public long memoryMib;

        public Gpu() {}

        public Gpu(int devices, int fractionMilli, long memoryMib) {
            this.devices = devices;
            this.fractionMilli = fractionMilli;
            this.memoryMib = memoryMib;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Gpu that
                    && devices == that.devices
                    && fractionMilli == that.fractionMilli
                    && memoryMib == that.memoryMib;
        }

        @Override
        public int hashCode() {
            return Objects.hash(devices, fractionMilli, memoryMib);
        }
    }
}
