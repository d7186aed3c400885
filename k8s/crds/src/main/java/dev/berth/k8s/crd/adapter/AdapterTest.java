package dev.berth.k8s.crd.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object, its pods, and what must come out. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class AdapterTest {
    @JsonPropertyDescription("What it shows.")
    @Required
    @Size(min = 1, max = 128)
    public String name = "";

    @JsonPropertyDescription("The object, as far as the adapter looks at it.")
    @Required
    @PreserveUnknownFields
    public @Nullable JsonNode object;

    @JsonPropertyDescription("Pods of the object.")
    @Size(max = 32)
    @PreserveUnknownFields
    public List<JsonNode> pods = new ArrayList<>();

    @JsonPropertyDescription("What must come out; what is left out is not looked at.")
    @Required
    public Expect expect = new Expect();

    /** What must come out. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Expect {
        @JsonPropertyDescription("Unit of the rule that holds: Workload, Pod, Role or Key.")
        @Size(max = 16)
        public String unit = "";

        @JsonPropertyDescription("Minimum of the group of the first pod, or of the whole where there are no pods.")
        public @Nullable Integer min;

        @JsonPropertyDescription("Pods that the object wants in all.")
        public @Nullable Integer replicas;

        @JsonPropertyDescription("Sub-groups of that group with their minimum.")
        public Map<String, Integer> subGroups = new LinkedHashMap<>();

        @JsonPropertyDescription("Sub-group of each pod; empty where it is in none.")
        @Size(max = 32)
        public List<String> podSubGroups = new ArrayList<>();

        @JsonPropertyDescription("Key of each pod's group.")
        @Size(max = 32)
        public List<String> podKeys = new ArrayList<>();

        @JsonPropertyDescription("Phase.")
        @Size(max = 16)
        public String phase = "";

        @JsonPropertyDescription("Reason.")
        @Size(max = 64)
        public String reason = "";

        @JsonPropertyDescription(
                "Object of JSON pointers, with the value that suspending writes at each; null where it removes.")
        @PreserveUnknownFields
        public @Nullable JsonNode suspend;
    }
}
