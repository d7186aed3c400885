package dev.berth.k8s.crd.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written to suspend an object. What stood there before is kept in an annotation of the object and written back
 * when it is resumed. Empty: its pods are evicted, and new ones are not placed while it is stopped.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class AdapterControl {
    @JsonPropertyDescription("Places that are written, in order.")
    @Size(max = 16)
    public List<Patch> suspend = new ArrayList<>();

    @JsonPropertyDescription(
            "CEL over self and roles: whether nothing of it runs any more; default: no pod of it is left.")
    @Size(max = 1024)
    public String suspended = "";

    /** One place and what is written there. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Patch {
        @JsonPropertyDescription("Path below .spec, or of an annotation.")
        @Required
        @Size(min = 1, max = 256)
        public String path = "";

        @JsonPropertyDescription("Any JSON value of at most 1 KiB.")
        @Required
        @PreserveUnknownFields
        public @Nullable JsonNode value;

        @JsonPropertyDescription("Whether nothing is written where there is nothing yet.")
        public boolean skipIfMissing;
    }
}
