package dev.berth.k8s.client;

/** A kind that no Java type describes: {@code apps/v1} and {@code Deployment}, {@code v1} and {@code Pod}. */
public record ForeignKind(String apiVersion, String kind) {
    /** The API group; empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    @Override
    public String toString() {
        return kind + "." + apiVersion;
    }
}
