package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.model.Labels;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A set of nodes with quotas of its own: those that carry its label. Cluster-scoped. */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@ShortNames("np")
@Categories("berth")
@AdditionalPrinterColumn(name = "Placement", jsonPath = ".spec.placement", type = AdditionalPrinterColumn.Type.STRING)
public final class NodePool extends CustomResource<NodePool.Spec, Void> {
    /** {@link Spec#placement}: fill nodes up, so that whole nodes stay free for large gangs. */
    public static final String BINPACK = "binpack";
    /** {@link Spec#placement}: use many nodes, so that each is loaded lightly. */
    public static final String SPREAD = "spread";

    private static final long serialVersionUID = 1L;

    @Override
    protected Spec initSpec() {
        return new Spec();
    }

    /** What is wanted of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Spec {
        @JsonPropertyDescription("Label that the pool's nodes carry.")
        @Default(Labels.NODE_POOL)
        @Size(max = 317)
        public String labelKey = Labels.NODE_POOL;

        @JsonPropertyDescription("Value of that label; empty: the pool's name.")
        @Size(max = 63)
        public String labelValue = "";

        @JsonPropertyDescription("How nodes are chosen: binpack fills them up, spread uses many.")
        @Default(BINPACK)
        @Pattern("^(binpack|spread)$")
        public String placement = BINPACK;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spec that
                    && Objects.equals(labelKey, that.labelKey)
                    && Objects.equals(labelValue, that.labelValue)
                    && Objects.equals(placement, that.placement);
        }

        @Override
        public int hashCode() {
            return Objects.hash(labelKey, labelValue, placement);
        }
    }
}
