package dev.berth.model;

/** Names a department. A group of projects with a quota of its own. */
public record DepartmentId(String value) implements Comparable<DepartmentId> {
    public DepartmentId {
        Identifiers.check("department id", value);
    }

    @Override
    public int compareTo(DepartmentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
