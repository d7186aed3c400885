package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.model.Explanation;
import dev.berth.model.Labels;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's own view: pods that start together and wait in one queue. Named as its workload; the grouper makes up a
 * name for pods of a foreign owner.
 */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("PodGroup")
@Singular("podgroup")
@Plural("podgroups")
@ShortNames("pg")
@Categories("berth")
@AdditionalPrinterColumn(name = "Queue", jsonPath = ".spec.queue", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.reason", type = AdditionalPrinterColumn.Type.STRING)
public final class PodGroup extends BerthResource<PodGroup.Spec, PodGroup.Status> implements Namespaced {
    private static final long serialVersionUID = 1L;

    @Override
    protected Spec initSpec() {
        return new Spec();
    }

    /** Never null: before anybody wrote one it is empty. */
    @Override
    protected Status initStatus() {
        return new Status();
    }

    /** What is wanted of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Spec {
        @JsonPropertyDescription("Name of the Project whose quota pays.")
        @Size(min = 1, max = 253)
        public String queue = "";

        @JsonPropertyDescription("Name of the NodePool to run in.")
        @Default(Labels.DEFAULT_POOL)
        @Size(min = 1, max = 253)
        public String nodePool = Labels.DEFAULT_POOL;

        @JsonPropertyDescription("Pods without which none is bound.")
        @Default("1")
        @Min(1)
        @Max(10_000)
        public int minMember = 1;

        @JsonPropertyDescription("Value of the priority class; higher goes first in its queue.")
        @Default("50")
        @Min(0)
        @Max(1_000_000)
        public int priority = 50;

        @JsonPropertyDescription("Whether others may take its resources.")
        public boolean preemptible;

        @JsonPropertyDescription("Name of the Workload that it belongs to.")
        @Size(max = 253)
        public String workload = "";

        @JsonPropertyDescription(
                "Parts of the group that need a number of pods of their own; pods name theirs by label.")
        @Size(max = 256)
        public List<SubGroup> subGroups = new ArrayList<>();

        @JsonPropertyDescription("Where its pods must or should be close to each other.")
        public @Nullable TopologyWish topology;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spec that
                    && Objects.equals(queue, that.queue)
                    && Objects.equals(nodePool, that.nodePool)
                    && minMember == that.minMember
                    && priority == that.priority
                    && preemptible == that.preemptible
                    && Objects.equals(workload, that.workload)
                    && Objects.equals(subGroups, that.subGroups)
                    && Objects.equals(topology, that.topology);
        }

        @Override
        public int hashCode() {
            return Objects.hash(queue, nodePool, minMember, priority, preemptible, workload);
        }
    }

    /** What the scheduler last said of it; written only when it changed. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Status {
        @JsonPropertyDescription("Queued while it waits, Starting once it is bound.")
        @Size(max = 64)
        public String phase = "";

        @JsonPropertyDescription("Stable word for why it waits.")
        @Size(max = 64)
        public String reason = "";

        @JsonPropertyDescription("One sentence with the numbers.")
        @Size(max = 4096)
        public String message = "";

        @JsonPropertyDescription("The whole answer to why it waits.")
        public @Nullable Explanation explanation;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Status that
                    && phase.equals(that.phase)
                    && reason.equals(that.reason)
                    && message.equals(that.message)
                    && Objects.equals(explanation, that.explanation);
        }

        @Override
        public int hashCode() {
            return Objects.hash(phase, reason, message);
        }
    }
}
