package dev.berth.k8s.crd.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What it means when the object's status looks so. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class AdapterPhase {
    @JsonPropertyDescription("The phase that it is in then.")
    @Required
    @Pattern("^(Queued|Starting|Running|Suspended|Preempted|Succeeded|Failed|Stopping)$")
    public String phase = "";

    @JsonPropertyDescription("CEL over self and roles: whether it looks so.")
    @Required
    @Size(min = 1, max = 1024)
    public String when = "";

    @JsonPropertyDescription("CEL: stable word for why, at most 64 characters.")
    @Size(max = 1024)
    public String reason = "";

    @JsonPropertyDescription("CEL: one sentence; cut at 1024 characters.")
    @Size(max = 1024)
    public String message = "";
}
