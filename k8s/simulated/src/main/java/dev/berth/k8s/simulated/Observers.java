package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Change;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Those who are told of every write under the lock, in the order in which they came. */
final class Observers implements ApiObjects.Observer {
    private final List<Consumer<Change<? extends HasMetadata>>> all = new ArrayList<>();

    boolean add(Consumer<Change<? extends HasMetadata>> observer) {
        return all.add(observer);
    }

    @Override
    public void changed(Change<? extends HasMetadata> change) {
        for (Consumer<Change<? extends HasMetadata>> observer : all) {
            observer.accept(change);
        }
    }
}
