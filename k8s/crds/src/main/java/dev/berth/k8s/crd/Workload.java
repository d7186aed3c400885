package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.model.Labels;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user submits: {@code workers} equal pods that start together, in the project's namespace. The label {@link
 * Labels#WORKLOAD_ID} carries its id in the control plane.
 */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("Workload")
@Singular("workload")
@Plural("workloads")
@ShortNames("wl")
@Categories("berth")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.reason", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Position",
        jsonPath = ".status.explanation.position",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Workers", jsonPath = ".spec.workers", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Workload extends BerthResource<Workload.Spec, WorkloadStatus> implements Namespaced {
    /** Kind of one that shows the work of a foreign owner: nothing is made for it, and its status is the owner's. */
    public static final String EXTERNAL = "external";

    private static final long serialVersionUID = 1L;

    @Override
    protected Spec initSpec() {
        return new Spec();
    }

    /** Never null: before anybody wrote one it is empty. */
    @Override
    protected WorkloadStatus initStatus() {
        return new WorkloadStatus();
    }

    /** What is wanted of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(value = "self.minWorkers <= self.workers", message = "minWorkers must not exceed workers")
    public static final class Spec {
        @JsonPropertyDescription("Name of the Project that pays.")
        @Required
        @Size(min = 1, max = 253)
        public String project = "";

        @JsonPropertyDescription("Name of the NodePool to run in.")
        @Default(Labels.DEFAULT_POOL)
        @Size(min = 1, max = 253)
        public String nodePool = Labels.DEFAULT_POOL;

        @JsonPropertyDescription(
                "What sort of work it is: workspace, training, distributed, inference, or external for one that shows a foreign owner's work.")
        @Default("training")
        @Pattern("^(workspace|training|distributed|inference|external)$")
        public String kind = "training";

        @JsonPropertyDescription("Number of pods.")
        @Default("1")
        @Min(1)
        @Max(10_000)
        public int workers = 1;

        @JsonPropertyDescription("Pods without which nothing starts; equal to workers for a full gang.")
        @Default("1")
        @Min(1)
        @Max(10_000)
        public int minWorkers = 1;

        @JsonPropertyDescription("Class of the queue order: train, interactive-preemptible, build or inference.")
        @Default("train")
        @Pattern("^(train|interactive-preemptible|build|inference)$")
        public String priorityClass = "train";

        @JsonPropertyDescription("Whether others may take its resources.")
        public boolean preemptible;

        @JsonPropertyDescription("Whether it is to have no pods.")
        public boolean stopped;

        @JsonPropertyDescription("What each pod needs.")
        @Required
        public PodShape pod = new PodShape();

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spec that
                    && Objects.equals(project, that.project)
                    && Objects.equals(nodePool, that.nodePool)
                    && Objects.equals(kind, that.kind)
                    && workers == that.workers
                    && minWorkers == that.minWorkers
                    && Objects.equals(priorityClass, that.priorityClass)
                    && preemptible == that.preemptible
                    && stopped == that.stopped
                    && Objects.equals(pod, that.pod);
        }

        @Override
        public int hashCode() {
            return Objects.hash(project, nodePool, kind, workers, minWorkers, priorityClass, preemptible, stopped, pod);
        }
    }
}
