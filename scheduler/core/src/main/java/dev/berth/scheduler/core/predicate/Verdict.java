package dev.berth.scheduler.core.predicate;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a node answers to a pod. */
public sealed interface Verdict {
    /** It may be there. */
    Verdict ADMITTED = new Admitted();

    record Admitted() implements Verdict {}

    /** It may not be there. */
    sealed interface Refused extends Verdict {
        /** Why, as the end of a sentence that begins with a number of nodes. Equal for all nodes of one reason. */
        String reason();

        /** With the numbers of this node. */
        default String detail() {
            return reason();
        }
    }

    /** It is not to be placed yet, on no node. */
    record Gated(Set<String> gates) implements Refused {
        @Override
        public String reason() {
            return "wait for scheduling gates " + sorted(gates);
        }
    }

    /** It cannot be on any node until a claim is ready. */
    record Unready(String claim, String why) implements Refused {
        @Override
        public String reason() {
            return "wait for volume claim " + claim + ", which " + why;
        }
    }

    record Cordoned() implements Refused {
        @Override
        public String reason() {
            return "are cordoned";
        }
    }

    /** It may be on one node only, and this is another. */
    record NotPinned(String pin) implements Refused {
        @Override
        public String reason() {
            return "are not node " + pin;
        }
    }

    record Tainted(Taint taint) implements Refused {
        @Override
        public String reason() {
            return "have the taint " + taint;
        }
    }

    record LabelsDiffer() implements Refused {
        @Override
        public String reason() {
            return "lack labels of the node selector or affinity";
        }
    }

    record PortTaken(HostPort port) implements Refused {
        @Override
        public String reason() {
            return "have port " + port + " taken";
        }
    }

    /** Some resources are not there in the amount asked for. */
    record Short(List<Shortage> shortages) implements Refused {
        @Override
        public String reason() {
            return "are short of " + shortages.stream().map(Shortage::resource).collect(Collectors.joining(" and "));
        }

        @Override
        public String detail() {
            return "are short of "
                    + shortages.stream()
                            .map(one -> one.resource + " (" + one.asked + " asked, " + one.free + " of "
                                    + one.allocatable + " free)")
                            .collect(Collectors.joining(" and "));
        }
    }

    /**
     * @param asked in the units of {@link NodeFacts#allocatable}, as the others
     * @param free below zero on a node that holds more than it has
     */
    record Shortage(String resource, long asked, long free, long allocatable) {}

    record DiskInUse(String disk) implements Refused {
        @Override
        public String reason() {
            return "have disk " + disk + " in use";
        }
    }

    record ClaimInUse(String claim) implements Refused {
        @Override
        public String reason() {
            return "cannot have volume claim " + claim + ", which another pod has for itself";
        }
    }

    /** A driver cannot attach as many volumes. */
    record TooManyVolumes(String driver, int attached, int more, long limit) implements Refused {
        @Override
        public String reason() {
            return "cannot attach more volumes of " + driver;
        }

        @Override
        public String detail() {
            return reason() + " (" + more + " asked, " + attached + " of " + limit + " attached)";
        }
    }

    record VolumeElsewhere(String volume) implements Refused {
        @Override
        public String reason() {
            return "cannot reach volume " + volume;
        }
    }

    record OtherZone(String volume, String label) implements Refused {
        @Override
        public String reason() {
            return "are in another zone than volume " + volume;
        }
    }

    record NoDomain(String topologyKey) implements Refused {
        @Override
        public String reason() {
            return "lack the label " + topologyKey + " that pods are spread by";
        }
    }

    /**
     * One domain would hold too many.
     *
     * @param here pods counted in the node's domain, without this one
     * @param least pods counted in the emptiest domain
     */
    record Uneven(String topologyKey, int here, int least, int maxSkew) implements Refused {
        @Override
        public String reason() {
            return "would make the spread by " + topologyKey + " uneven";
        }

        @Override
        public String detail() {
            return reason() + " (" + here + " pods here, " + least + " in the emptiest, at most " + maxSkew
                    + " more allowed)";
        }
    }

    record NotBeside(String topologyKey) implements Refused {
        @Override
        public String reason() {
            return "have no pod of the required pod affinity in their " + topologyKey;
        }
    }

    record TooClose(String topologyKey) implements Refused {
        @Override
        public String reason() {
            return "have a pod of the pod anti-affinity in their " + topologyKey;
        }
    }

    record Unwanted(String topologyKey) implements Refused {
        @Override
        public String reason() {
            return "have a pod in their " + topologyKey + " whose anti-affinity refuses it";
        }
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
