package dev.berth.k8s.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a watcher knows: the objects after all changes that it was told. */
final class View<T extends HasMetadata> implements Consumer<Change<T>> {
    private static final long SECONDS = 60;

    private final Map<ObjectKey, T> objects = new ConcurrentSkipListMap<>();
    private final LinkedBlockingQueue<Boolean> moved = new LinkedBlockingQueue<>();
    private final AtomicInteger resets = new AtomicInteger();

    @Override
    public void accept(Change<T> change) {
        change.match(
                reset -> {
                    objects.clear();
                    reset.all().forEach(object -> objects.put(ObjectKey.of(object), object));
                    resets.incrementAndGet();
                },
                upserted -> objects.put(ObjectKey.of(upserted.object()), upserted.object()),
                deleted -> objects.remove(ObjectKey.of(deleted.object())));
        moved.add(true);
    }

    int resets() {
        return resets.get();
    }

    /** Waits for changes until the object is known and fits. */
    T await(ObjectKey key, Predicate<T> fits) throws InterruptedException {
        while (true) {
            T object = objects.get(key);
            if (object != null && fits.test(object)) {
                return object;
            }
            if (moved.poll(SECONDS, TimeUnit.SECONDS) == null) {
                throw new AssertionError("Expected " + key + " within " + SECONDS + " s; known: " + objects.keySet());
            }
        }
    }
}
