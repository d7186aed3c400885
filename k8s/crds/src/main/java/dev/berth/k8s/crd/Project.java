package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.model.Labels;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What owns workloads and holds quotas. Cluster-scoped; its workloads live in its namespace. */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("Project")
@Singular("project")
@Plural("projects")
@ShortNames("proj")
@Categories("berth")
@AdditionalPrinterColumn(name = "Department", jsonPath = ".spec.department", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Namespace", jsonPath = ".status.namespace", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = AdditionalPrinterColumn.Type.STRING)
public final class Project extends BerthResource<Project.Spec, Project.Status> {
    private static final long serialVersionUID = 1L;

    @Override
    protected Spec initSpec() {
        return new Spec();
    }

    /** What is wanted of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Spec {
        @JsonPropertyDescription("Name of the Department; empty: none.")
        @Size(max = 253)
        public String department = "";

        @JsonPropertyDescription("Name for people.")
        @Size(max = 253)
        public String displayName = "";

        @JsonPropertyDescription(
                "Namespace of its workloads; empty: berth-p- and the project's name. One that exists already is"
                        + " taken only when it carries the label berth.dev/project with the project's name.")
        @Size(max = 63)
        public String namespace = "";

        @JsonPropertyDescription("Who may use the namespace by the Kubernetes API.")
        @Size(max = 256)
        public List<ProjectAccess> access = new ArrayList<>();

        @JsonPropertyDescription("Defaults and bounds of its containers.")
        public ContainerBounds containers = new ContainerBounds();

        @JsonPropertyDescription("Whether its pods take connections from pods of the same namespace only.")
        public boolean isolated;

        @JsonPropertyDescription("Order among projects where a pool's quota names none.")
        @Default("100")
        @Min(0)
        @Max(1_000_000)
        public int priority = 100;

        @JsonPropertyDescription("One entry for each node pool.")
        @Size(max = 64)
        public List<PoolQuota> quotas = new ArrayList<>();

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spec that
                    && Objects.equals(department, that.department)
                    && Objects.equals(displayName, that.displayName)
                    && Objects.equals(namespace, that.namespace)
                    && priority == that.priority
                    && isolated == that.isolated
                    && Objects.equals(access, that.access)
                    && Objects.equals(containers, that.containers)
                    && Objects.equals(quotas, that.quotas);
        }

        @Override
        public int hashCode() {
            return Objects.hash(department, displayName, namespace, priority, isolated, access, containers, quotas);
        }
    }

    /** What became of it in this cluster. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Status {
        @JsonPropertyDescription("Ready, or Refused when its namespace cannot be had.")
        @Size(max = 64)
        public String phase = "";

        @JsonPropertyDescription("Why it is refused, and what to do.")
        @Size(max = 1024)
        public String message = "";

        @JsonPropertyDescription("Namespace of its workloads.")
        @Size(max = 63)
        public String namespace = "";

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Status that
                    && phase.equals(that.phase)
                    && message.equals(that.message)
                    && namespace.equals(that.namespace);
        }

        @Override
        public int hashCode() {
            return Objects.hash(phase, message, namespace);
        }
    }
}
