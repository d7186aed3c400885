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
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A group of projects with quotas of its own. Cluster-scoped. */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@ShortNames("dept")
@Categories("berth")
@AdditionalPrinterColumn(name = "Priority", jsonPath = ".spec.priority", type = AdditionalPrinterColumn.Type.INTEGER)
public final class Department extends CustomResource<Department.Spec, Void> {
    private static final long serialVersionUID = 1L;

    @Override
    protected Spec initSpec() {
        return new Spec();
    }

    /** What is wanted of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Spec {
        @JsonPropertyDescription("Name for people.")
        @Size(max = 253)
        public String displayName = "";

        @JsonPropertyDescription("Order among departments where a pool's quota names none.")
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
                    && Objects.equals(displayName, that.displayName)
                    && priority == that.priority
                    && Objects.equals(quotas, that.quotas);
        }

        @Override
        public int hashCode() {
            return Objects.hash(displayName, priority, quotas);
        }
    }
}
