package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.model.Explanation;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the operator last saw of a {@link Workload}; two that say the same are equal. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class WorkloadStatus {
    /** Pods that {@link #pods} lists at most; {@link #podCounts} counts all. */
    public static final int MAX_PODS = 64;

    @JsonPropertyDescription("Where it is in its life: Queued, Starting, Running, Succeeded and so on.")
    @Size(max = 64)
    public String phase = "";

    @JsonPropertyDescription("Stable word for why it does not run.")
    @Size(max = 64)
    public String reason = "";

    @JsonPropertyDescription("One sentence with the numbers.")
    @Size(max = 4096)
    public String message = "";

    @JsonPropertyDescription("The whole answer to why it waits.")
    public @Nullable Explanation explanation;

    @JsonPropertyDescription("Scheduled, with the reason where it is not so.")
    @Size(max = 8)
    public List<StatusCondition> conditions = new ArrayList<>();

    @JsonPropertyDescription("Its first pods.")
    @Size(max = MAX_PODS)
    public List<PodState> pods = new ArrayList<>();

    @JsonPropertyDescription("Number of pods in each pod phase.")
    public Map<String, Integer> podCounts = new TreeMap<>();

    @JsonPropertyDescription("When it began to wait, in milliseconds since 1970.")
    public @Nullable Long queuedAtMillis;

    @JsonPropertyDescription("When its last needed pod was bound.")
    public @Nullable Long boundAtMillis;

    @JsonPropertyDescription("When its first pod ran.")
    public @Nullable Long startedAtMillis;

    @JsonPropertyDescription("When its last pod ended.")
    public @Nullable Long finishedAtMillis;

    @JsonPropertyDescription("The generation of the spec that this status speaks of.")
    public long observedGeneration;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WorkloadStatus that
                && phase.equals(that.phase)
                && reason.equals(that.reason)
                && message.equals(that.message)
                && observedGeneration == that.observedGeneration
                && Objects.equals(explanation, that.explanation)
                && conditions.equals(that.conditions)
                && pods.equals(that.pods)
                && podCounts.equals(that.podCounts)
                && times().equals(that.times());
    }

    @Override
    public int hashCode() {
        return Objects.hash(phase, reason, message, observedGeneration, podCounts);
    }

    private List<@Nullable Long> times() {
        List<@Nullable Long> times = new ArrayList<>(4);
        times.add(queuedAtMillis);
        times.add(boundAtMillis);
        times.add(startedAtMillis);
        times.add(finishedAtMillis);
        return times;
    }
}
