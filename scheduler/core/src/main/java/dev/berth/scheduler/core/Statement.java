package dev.berth.scheduler.core;

import java.util.List;
import java.util.function.Function;

/** One thing to carry out. A statement that fails is input of the next cycle, as all else is. */
public sealed interface Statement {
    /** Id of the task that it is about. */
    String task();

    /** Id of the task's group. */
    String group();

    /** Calls the function of this case; a new case breaks every caller at compile time. */
    <T> T match(Function<Bind, T> bind, Function<Pipeline, T> pipeline, Function<Evict, T> evict);

    /** Start the task on the node, on these devices, with so many thousandths of each. */
    record Bind(String task, String group, String node, List<Integer> devices, int milliPerDevice)
            implements Statement {
        public Bind {
            devices = List.copyOf(devices);
        }

        /** The place as the state wants it. */
        public Spot spot() {
            return new Spot(node, devices, milliPerDevice);
        }

        @Override
        public <T> T match(Function<Bind, T> bind, Function<Pipeline, T> pipeline, Function<Evict, T> evict) {
            return bind.apply(this);
        }
    }

    /** Nothing to do yet: the task will start on the node, on these devices, when those who leave are gone. */
    record Pipeline(String task, String group, String node, List<Integer> devices) implements Statement {
        public Pipeline {
            devices = List.copyOf(devices);
        }

        @Override
        public <T> T match(Function<Bind, T> bind, Function<Pipeline, T> pipeline, Function<Evict, T> evict) {
            return pipeline.apply(this);
        }
    }

    /** End the task, because of the sentence. One that has a {@link Pipeline} too is moved: it will start anew there. */
    record Evict(String task, String group, String because) implements Statement {
        @Override
        public <T> T match(Function<Bind, T> bind, Function<Pipeline, T> pipeline, Function<Evict, T> evict) {
            return evict.apply(this);
        }
    }
}
