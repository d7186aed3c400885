package dev.berth.model;

/** Names a workload. What a user submits. */
public record WorkloadId(String value) implements Comparable<WorkloadId> {
    public WorkloadId {
        Identifiers.check("workload id", value);
    }

    @Override
    public int compareTo(WorkloadId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
