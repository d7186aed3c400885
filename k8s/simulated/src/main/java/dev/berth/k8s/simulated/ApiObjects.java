package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the API server does with objects of any kind: versions, conflicts, deletion, garbage collection. Not thread-safe;
 * {@link SimulatedCluster} calls it under its lock. Refusals are thrown as {@link Refused}.
 */
final class ApiObjects {
    /** Told of each write, in order, under the lock. */
    interface Observer {
        void changed(Change<? extends HasMetadata> change);
    }

    private final SimClock clock;
    private final Observer observer;
    private final Map<Class<?>, Table<?>> tables = new HashMap<>();
    private final Owners owners = new Owners();
    private long version;

    ApiObjects(SimClock clock, Observer observer) {
        this.clock = clock;
        this.observer = observer;
    }

    /** The newest resource version, which is also the number of writes so far. */
    long version() {
        return version;
    }

    @SuppressWarnings("unchecked")
    <T extends HasMetadata> Table<T> table(Class<T> type) {
        return (Table<T>) tables.computeIfAbsent(type, kind -> new Table<>(type));
    }

    Iterable<Table<?>> tables() {
        return tables.values();
    }

    /** Everything that is here. */
    List<Checkpoint.Entry> entries() {
        List<Checkpoint.Entry> entries = new ArrayList<>();
        for (Table<?> table : tables.values()) {
            table.rows().forEach(row -> entries.add(new Checkpoint.Entry(row.object(), row.applied())));
        }
        return entries;
    }

    /** Takes objects as they were elsewhere; versions go on behind the newest of them. */
    void restore(List<Checkpoint.Entry> entries) {
        for (Checkpoint.Entry entry : entries) {
            version = Math.max(
                    version, Long.parseLong(entry.object().getMetadata().getResourceVersion()));
            restore(entry.object(), entry.applied());
        }
    }

    private <T extends HasMetadata> void restore(T object, @Nullable ObjectMeta applied) {
        put(table(kindOf(object)), ObjectKey.of(object), object, applied);
        owners.added(object);
    }

    <T extends HasMetadata> @Nullable T find(Class<T> type, ObjectKey key) {
        Table.Row<T> row = table(type).row(key);
        return row == null ? null : row.object();
    }

    <T extends HasMetadata> T require(Class<T> type, ObjectKey key) {
        T found = find(type, key);
        if (found == null) {
            throw new Refused(new Refusal.NotFound(type.getSimpleName(), key.toString()));
        }
        return found;
    }

    <T extends HasMetadata> T create(T object) {
        ObjectKey key = requireName(object);
        Table<T> table = table(kindOf(object));
        if (table.row(key) != null) {
            throw new Refused(new Refusal.Conflict(
                    "Expected no " + table.type().getSimpleName() + " \"" + key + "\" yet, but there is one.", ""));
        }
        return insert(table, key, object, null);
    }

    <T extends HasMetadata> T apply(T object) {
        ObjectKey key = requireName(object);
        Table<T> table = table(kindOf(object));
        Table.Row<T> row = table.row(key);
        ObjectMeta wanted = object.getMetadata();
        if (row == null) {
            return insert(table, key, object, wanted);
        }
        T now = row.object();
        requireVersion(now, wanted.getResourceVersion());
        T specOf = object instanceof Pod pod ? kindOf(object).cast(PodRules.keepNode(pod, (Pod) now)) : object;
        boolean sameSpec = table.shape().sameSpec(now, specOf);
        ObjectMeta merged = merge(now.getMetadata(), row.applied(), wanted);
        if (sameSpec && Metadata.same(merged, now.getMetadata())) {
            table.keepApplied(key, wanted);
            return now;
        }
        merged.setResourceVersion(nextVersion());
        if (!sameSpec) {
            merged.setGeneration(Objects.requireNonNullElse(merged.getGeneration(), 0L) + 1);
        }
        owners.removed(now);
        T next = table.shape().assemble().of(merged, specOf, now);
        put(table, key, next, wanted);
        owners.added(next);
        return finished(next) ? removeNow(table, key, next) : next;
    }

    <T extends HasMetadata> T replaceStatus(T object) {
        ObjectKey key = requireName(object);
        Table<T> table = table(kindOf(object));
        T now = require(table.type(), key);
        requireVersion(now, object.getMetadata().getResourceVersion());
        if (table.shape().sameStatus(now, object)) {
            return now;
        }
        return replace(table, key, Metadata.copy(now.getMetadata(), nextVersion()), now, object);
    }

    /** Puts an object with these parts in the place of the present one. */
    <T extends HasMetadata> T replace(Table<T> table, ObjectKey key, ObjectMeta metadata, T specOf, T statusOf) {
        T next = table.shape().assemble().of(metadata, specOf, statusOf);
        Table.Row<T> row = table.row(key);
        put(table, key, next, row == null ? null : row.applied());
        return next;
    }

    /** Removes it, or marks it where somebody has to agree first; nothing where there is nothing. */
    <T extends HasMetadata> void delete(Class<T> type, ObjectKey key, @Nullable Long graceSeconds) {
        Table<T> table = table(type);
        T now = find(type, key);
        if (now == null) {
            return;
        }
        long grace = now instanceof Pod pod ? PodRules.grace(pod, graceSeconds) : 0;
        if (grace == 0 && Metadata.isEmpty(now.getMetadata().getFinalizers())) {
            removeNow(table, key, now);
            return;
        }
        Long before = now.getMetadata().getDeletionGracePeriodSeconds();
        if (now.getMetadata().getDeletionTimestamp() != null && before != null && before <= grace) {
            return;
        }
        ObjectMeta marked = Metadata.copy(now.getMetadata(), nextVersion());
        marked.setDeletionTimestamp(
                Instant.ofEpochMilli(clock.nowMillis() + grace * 1000).toString());
        marked.setDeletionGracePeriodSeconds(grace);
        replace(table, key, marked, now, now);
    }

    /** Removes it at once and lets go what it owned. */
    <T extends HasMetadata> T removeNow(Table<T> table, ObjectKey key, T now) {
        T last = table.shape().assemble().of(Metadata.copy(now.getMetadata(), nextVersion()), now, now);
        observer.changed(table.remove(key, last));
        for (Owners.Reference owned : owners.removed(now)) {
            HasMetadata dependent = find(owned.type(), owned.key());
            if (dependent != null && owners.isOrphan(dependent)) {
                delete(owned.type(), owned.key(), null);
            }
        }
        return last;
    }

    String nextVersion() {
        version++;
        return Long.toString(version);
    }

    private <T extends HasMetadata> T insert(Table<T> table, ObjectKey key, T object, @Nullable ObjectMeta applied) {
        ObjectMeta metadata = Metadata.copy(object.getMetadata(), nextVersion());
        metadata.setUid(new UUID(clock.nowMillis(), version).toString());
        metadata.setGeneration(1L);
        metadata.setCreationTimestamp(Instant.ofEpochMilli(clock.nowMillis()).toString());
        metadata.setDeletionTimestamp(null);
        metadata.setDeletionGracePeriodSeconds(null);
        T statusOf = object instanceof Pod ? table.type().cast(PodRules.PENDING) : object;
        T stored = table.shape().assemble().of(metadata, object, statusOf);
        put(table, key, stored, applied);
        owners.added(stored);
        if (owners.isOrphan(stored)) {
            delete(table.type(), key, null);
        }
        return stored;
    }

    private <T extends HasMetadata> void put(Table<T> table, ObjectKey key, T object, @Nullable ObjectMeta applied) {
        observer.changed(table.put(key, new Table.Row<>(object, applied)));
    }

    private static ObjectMeta merge(ObjectMeta now, @Nullable ObjectMeta before, ObjectMeta wanted) {
        ObjectMeta merged = Metadata.copy(now, now.getResourceVersion());
        merged.setLabels(
                Metadata.merge(now.getLabels(), before == null ? null : before.getLabels(), wanted.getLabels()));
        merged.setAnnotations(Metadata.merge(
                now.getAnnotations(), before == null ? null : before.getAnnotations(), wanted.getAnnotations()));
        List<OwnerReference> owning = wanted.getOwnerReferences();
        merged.setOwnerReferences(Metadata.isEmpty(owning) ? now.getOwnerReferences() : owning);
        boolean letGo = before != null && !Metadata.isEmpty(before.getFinalizers());
        merged.setFinalizers(
                Metadata.isEmpty(wanted.getFinalizers()) && !letGo ? now.getFinalizers() : wanted.getFinalizers());
        return merged;
    }

    private static boolean finished(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null
                && Metadata.isEmpty(object.getMetadata().getFinalizers())
                && !(object instanceof Pod);
    }

    private static <T extends HasMetadata> void requireVersion(T now, @Nullable String expected) {
        String newest = now.getMetadata().getResourceVersion();
        if (expected != null && !expected.isEmpty() && !expected.equals(newest)) {
            throw new Refused(new Refusal.Conflict(
                    "Expected " + now.getKind() + " \"" + ObjectKey.of(now) + "\" at version " + expected
                            + ", but it is at " + newest + ".",
                    "Read it again and repeat the change."));
        }
    }

    private static ObjectKey requireName(HasMetadata object) {
        String name = object.getMetadata().getName();
        if (name == null || name.isEmpty()) {
            throw new Refused(new Refusal.Invalid(
                    "Expected a name, but got none.",
                    List.of(new Refusal.FieldError("/metadata/name", "required", "Give it a name."))));
        }
        return ObjectKey.of(object);
    }

    @SuppressWarnings("unchecked")
    private static <T extends HasMetadata> Class<T> kindOf(T object) {
        return (Class<T>) object.getClass();
    }
}
