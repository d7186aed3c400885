package dev.berth.model;

/** Names a cluster. A connected Kubernetes cluster. */
public record ClusterId(String value) implements Comparable<ClusterId> {
    public ClusterId {
        Identifiers.check("cluster id", value);
    }

    @Override
    public int compareTo(ClusterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
