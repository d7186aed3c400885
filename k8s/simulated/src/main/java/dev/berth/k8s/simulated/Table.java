package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects of one kind in the order of their keys, and those who watch them. Guarded by the cluster's lock. */
final class Table<T extends HasMetadata> {
    /** An object, and the metadata of its last apply: what a later apply may take away again. */
    record Row<T>(T object, @Nullable ObjectMeta applied) {}

    private final Class<T> type;
    private final Shape<T> shape;
    private final TreeMap<ObjectKey, Row<T>> rows = new TreeMap<>();
    private final List<Watcher<T>> watchers = new ArrayList<>();

    Table(Class<T> type) {
        this.type = type;
        this.shape = Shape.of(type);
    }

    Class<T> type() {
        return type;
    }

    Shape<T> shape() {
        return shape;
    }

    @Nullable
    Row<T> row(ObjectKey key) {
        return rows.get(key);
    }

    Collection<Row<T>> rows() {
        return rows.values();
    }

    List<T> all() {
        List<T> all = new ArrayList<>(rows.size());
        rows.values().forEach(row -> all.add(row.object));
        return all;
    }

    Change<T> put(ObjectKey key, Row<T> row) {
        rows.put(key, row);
        return tell(new Change.Upserted<>(row.object));
    }

    /** Remembers what was applied last where that changed nothing. */
    void keepApplied(ObjectKey key, ObjectMeta applied) {
        rows.computeIfPresent(key, (same, row) -> new Row<>(row.object, applied));
    }

    Change<T> remove(ObjectKey key, T last) {
        rows.remove(key);
        return tell(new Change.Deleted<>(last));
    }

    void add(Watcher<T> watcher) {
        watchers.add(watcher);
    }

    void remove(Watcher<T> watcher) {
        watchers.remove(watcher);
    }

    void restartWatchers() {
        watchers.forEach(Watcher::restart);
    }

    void closeWatchers() {
        List.copyOf(watchers).forEach(Watcher::close);
    }

    private Change<T> tell(Change<T> change) {
        for (Watcher<T> watcher : watchers) {
            watcher.offer(change);
        }
        return change;
    }
}
