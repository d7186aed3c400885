package dev.berth.model;

/** Names a project. What owns workloads and holds quota. */
public record ProjectId(String value) implements Comparable<ProjectId> {
    public ProjectId {
        Identifiers.check("project id", value);
    }

    @Override
    public int compareTo(ProjectId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
