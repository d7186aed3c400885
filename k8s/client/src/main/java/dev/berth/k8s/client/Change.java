package dev.berth.k8s.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.function.Consumer;

/** What a watch tells. */
public sealed interface Change<T extends HasMetadata> {
    /** Calls the function of this case. */
    void match(Consumer<Reset<T>> reset, Consumer<Upserted<T>> upserted, Consumer<Deleted<T>> deleted);

    /** All there is; forget what was known before. */
    record Reset<T extends HasMetadata>(List<T> all) implements Change<T> {
        public Reset {
            all = List.copyOf(all);
        }

        @Override
        public void match(Consumer<Reset<T>> reset, Consumer<Upserted<T>> upserted, Consumer<Deleted<T>> deleted) {
            reset.accept(this);
        }
    }

    record Upserted<T extends HasMetadata>(T object) implements Change<T> {
        @Override
        public void match(Consumer<Reset<T>> reset, Consumer<Upserted<T>> upserted, Consumer<Deleted<T>> deleted) {
            upserted.accept(this);
        }
    }

    /** The last state before it went. */
    record Deleted<T extends HasMetadata>(T object) implements Change<T> {
        @Override
        public void match(Consumer<Reset<T>> reset, Consumer<Upserted<T>> upserted, Consumer<Deleted<T>> deleted) {
            deleted.accept(this);
        }
    }
}
