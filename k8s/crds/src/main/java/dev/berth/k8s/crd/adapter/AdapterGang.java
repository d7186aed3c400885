package dev.berth.k8s.crd.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One way in which pods form groups that start together. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "self.unit != 'Key' || has(self.key)", message = "unit Key needs a key")
@ValidationRule(
        value = "!has(self.segmentSize) || has(self.segmentRole)",
        message = "segmentSize needs the segmentRole that it cuts")
public final class AdapterGang {
    @JsonPropertyDescription("CEL over self, roles and pod: whether this rule holds; default true.")
    @Size(max = 1024)
    public String when = "";

    @JsonPropertyDescription(
            "What forms one group: the Workload, each Pod, each instance of a Role, or pods of equal Key.")
    @Default("Workload")
    @Pattern("^(Workload|Pod|Role|Key)$")
    public String unit = "Workload";

    @JsonPropertyDescription("CEL over pod: the key, 1 to 63 characters.")
    @Size(max = 1024)
    public String key = "";

    @JsonPropertyDescription(
            "CEL over self, roles and pod: pods without which none starts; default what the counted roles need.")
    @Size(max = 1024)
    public String min = "";

    @JsonPropertyDescription("Auto: a sub-group for each role instance where there are two or more. None: none.")
    @Default("Auto")
    @Pattern("^(Auto|None)$")
    public String subGroups = "Auto";

    @JsonPropertyDescription("Role that is cut by the pods' index into segments, each a sub-group.")
    @Size(max = 32)
    public String segmentRole = "";

    @JsonPropertyDescription("CEL: pods of a segment; 0: no segments.")
    @Size(max = 1024)
    public String segmentSize = "";
}
