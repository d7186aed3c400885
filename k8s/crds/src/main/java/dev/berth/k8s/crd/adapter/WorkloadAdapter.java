package dev.berth.k8s.crd.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.k8s.crd.BerthResource;
import dev.berth.model.Labels;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.ArrayList;
import java.util.List;

/** How pods of one foreign kind are grouped, what its status means, and how it is suspended. */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("WorkloadAdapter")
@Singular("workloadadapter")
@Plural("workloadadapters")
@ShortNames("wa")
@Categories("berth")
@AdditionalPrinterColumn(name = "Group", jsonPath = ".spec.target.group", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Kind", jsonPath = ".spec.target.kind", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Accepted",
        jsonPath = ".status.conditions[?(@.type=='Accepted')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Why",
        jsonPath = ".status.conditions[?(@.type=='Accepted')].reason",
        type = AdditionalPrinterColumn.Type.STRING)
public final class WorkloadAdapter extends BerthResource<WorkloadAdapter.Spec, AdapterStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    protected Spec initSpec() {
        return new Spec();
    }

    /** Never null: before anybody wrote one it is empty. */
    @Override
    protected AdapterStatus initStatus() {
        return new AdapterStatus();
    }

    /** Which kind it speaks of. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Target {
        @JsonPropertyDescription("API group; empty for the core group.")
        @Size(max = 253)
        public String group = "";

        @JsonPropertyDescription("Kind, as in the object.")
        @Required
        @Size(min = 1, max = 63)
        public String kind = "";

        @JsonPropertyDescription("Versions that are read; the first one is written.")
        @Required
        @Size(min = 1, max = 8)
        public List<String> versions = new ArrayList<>();
    }

    /** What is said of the kind. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Spec {
        @JsonPropertyDescription("The kind that this adapter is for.")
        @Required
        public Target target = new Target();

        @JsonPropertyDescription("Sort of work: Training, Interactive, Inference, Pipeline or Service.")
        @Default("Training")
        @Pattern("^(Training|Interactive|Inference|Pipeline|Service)$")
        public String category = "Training";

        @JsonPropertyDescription(
                "Class when neither pod nor owner names one: train, interactive-preemptible, build or inference; empty: by category.")
        @Pattern("^(train|interactive-preemptible|build|inference)?$")
        public String priority = "";

        @JsonPropertyDescription(
                "Workload: its pods form groups. PassThrough: the object below it does. Ignore: its pods are left alone.")
        @Default("Workload")
        @Pattern("^(Workload|PassThrough|Ignore)$")
        public String ownerAs = "Workload";

        @JsonPropertyDescription("Whether it is the top even if something owns it.")
        public boolean ownerStop;

        @JsonPropertyDescription("What pods it makes; none: not known beforehand.")
        @Size(max = 16)
        public List<AdapterRole> roles = new ArrayList<>();

        @JsonPropertyDescription("How pods form groups, the first rule that holds; none: one group for each object.")
        @Size(max = 4)
        public List<AdapterGang> gang = new ArrayList<>();

        @JsonPropertyDescription("What its status means, the first rule that holds; none holds: by its pods.")
        @Size(max = 32)
        public List<AdapterPhase> phases = new ArrayList<>();

        @JsonPropertyDescription("How it is suspended and resumed.")
        public AdapterControl control = new AdapterControl();

        @JsonPropertyDescription("Paths of the kind's own field for the queue.")
        @Size(max = 8)
        public List<String> queuePaths = new ArrayList<>();

        @JsonPropertyDescription("Paths of the kind's own field for the priority class.")
        @Size(max = 8)
        public List<String> priorityPaths = new ArrayList<>();

        @JsonPropertyDescription("Examples that must come out as said, or the adapter is not accepted.")
        @Size(max = 16)
        public List<AdapterTest> tests = new ArrayList<>();
    }
}
