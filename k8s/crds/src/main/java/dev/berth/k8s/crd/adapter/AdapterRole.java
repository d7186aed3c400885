package dev.berth.k8s.crd.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One sort of pods that a foreign object makes, or one for each element of a list in it. All but paths is CEL. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class AdapterRole {
    @JsonPropertyDescription("Name; also of its sub-group.")
    @Required
    @Pattern("^[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?$")
    public String name = "";

    @JsonPropertyDescription("Path of a list or map, of which each element is an instance of the role.")
    @Size(max = 256)
    public String eachPath = "";

    @JsonPropertyDescription("Name of the instance, a string over each and position; a DNS label after lower-casing.")
    @Size(max = 1024)
    public String instance = "";

    @JsonPropertyDescription("Whether role or instance exists.")
    @Size(max = 1024)
    public String when = "";

    @JsonPropertyDescription("Desired replicas, 0 to 100000; default 1.")
    @Size(max = 1024)
    public String replicas = "";

    @JsonPropertyDescription("Pods of each replica; default 1.")
    @Size(max = 1024)
    public String podsPer = "";

    @JsonPropertyDescription("Fewest replicas with which it can work; default all.")
    @Size(max = 1024)
    public String min = "";

    @JsonPropertyDescription("Most replicas to which it may grow; default those desired.")
    @Size(max = 1024)
    public String max = "";

    @JsonPropertyDescription("Whether it counts towards the gang now, over roles as well; default true.")
    @Size(max = 1024)
    public String counted = "";

    @JsonPropertyDescription("Whether a pod is of this role; default true.")
    @Size(max = 1024)
    public String podWhen = "";

    @JsonPropertyDescription("Name of the instance that a pod belongs to.")
    @Size(max = 1024)
    public String podInstance = "";

    @JsonPropertyDescription("Number of the pod within its role, from 0; negative: unknown.")
    @Size(max = 1024)
    public String podIndex = "";
}
