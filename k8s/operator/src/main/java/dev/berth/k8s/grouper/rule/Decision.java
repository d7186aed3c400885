package dev.berth.k8s.grouper.rule;

import dev.berth.k8s.crd.PodGroup;
import java.util.List;
import java.util.function.Function;

/** What is to be done about a pod. */
public sealed interface Decision {
    /** Calls the function of this case. */
    <T> T match(Function<Grouped, T> grouped, Function<LeftAlone, T> leftAlone);

    /**
     * It belongs to a group.
     *
     * @param name of the group
     * @param group what the group needs
     * @param part sub-group of the pod; empty: none
     * @param owner whose end is the group's end
     * @param shown what people know the work as; it, or something above the owner
     * @param workload name of the Workload that shows it
     * @param wanted pods that the owner wants in all; 0: not known beforehand
     * @param warnings what its author should know
     */
    record Grouped(
            String name,
            PodGroup.Spec group,
            String part,
            Link owner,
            Link shown,
            String workload,
            int wanted,
            List<Warning> warnings)
            implements Decision {
        public Grouped {
            warnings = List.copyOf(warnings);
        }

        @Override
        public <T> T match(Function<Grouped, T> grouped, Function<LeftAlone, T> leftAlone) {
            return grouped.apply(this);
        }
    }

    /** It is not to be queued. */
    record LeftAlone(Warning why) implements Decision {
        @Override
        public <T> T match(Function<Grouped, T> grouped, Function<LeftAlone, T> leftAlone) {
            return leftAlone.apply(this);
        }
    }
}
