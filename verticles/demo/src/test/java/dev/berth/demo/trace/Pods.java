package dev.berth.demo.trace;

import dev.berth.model.PriorityClass;
import java.util.Set;

/** Trace pods for tests. */
final class Pods {
    private Pods() {}

    static TracePod pod(String name, int gpus, long createdSeconds, long runSeconds) {
        return new TracePod(
                name,
                1_000,
                1_024,
                gpus,
                gpus == 0 ? 0 : 1000,
                Set.of(),
                PriorityClass.TRAIN,
                1,
                createdSeconds * 1000,
                runSeconds * 1000,
                false);
    }
}
