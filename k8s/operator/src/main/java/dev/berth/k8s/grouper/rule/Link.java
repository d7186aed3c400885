package dev.berth.k8s.grouper.rule;

import dev.berth.k8s.adapter.Trees;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.client.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod, or something that owns one, as a tree. */
public record Link(ForeignKind kind, ObjectKey key, String uid, Map<String, Object> tree) {
    /** A reference from an object to its owner. */
    public record OwnerReference(ForeignKind kind, String name, String uid) {}

    /** Reads kind, name and uid from the tree itself. */
    public static Link of(ForeignKind kind, Map<String, Object> tree) {
        ObjectKey key = new ObjectKey(Trees.text(tree, "metadata", "namespace"), Trees.text(tree, "metadata", "name"));
        return new Link(kind, key, Trees.text(tree, "metadata", "uid"), tree);
    }

    String label(String name) {
        return Trees.text(tree, "metadata", "labels", name);
    }

    String annotation(String name) {
        return Trees.text(tree, "metadata", "annotations", name);
    }

    /** The owner that controls it, else the only one there is. */
    public Optional<OwnerReference> owner() {
        List<Map<String, Object>> all = owners();
        return all.stream()
                .filter(one -> Boolean.TRUE.equals(one.get("controller")))
                .findFirst()
                .or(() -> all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty())
                .map(one -> new OwnerReference(
                        new ForeignKind(Trees.text(one, "apiVersion"), Trees.text(one, "kind")),
                        Trees.text(one, "name"),
                        Trees.text(one, "uid")));
    }

    /** Whether several things own it and none of them controls it. */
    public boolean ambiguous() {
        return owners().size() > 1 && owner().isEmpty();
    }

    private List<Map<String, Object>> owners() {
        Object references = Trees.map(tree.get("metadata")).get("ownerReferences");
        return references instanceof List<?> list
                ? list.stream().map(Trees::map).toList()
                : List.of();
    }
}
