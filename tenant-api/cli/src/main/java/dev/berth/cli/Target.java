package dev.berth.cli;

import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Kind;
import java.util.ArrayList;
import java.util.List;

/** An object that the command line names: {@code hello}, {@code workload/hello}, or {@code workload hello}. */
record Target(Kind kind, String name) {
    static Target of(String word, Kind standard) {
        int slash = word.indexOf('/');
        String name = word.substring(slash + 1);
        if (name.isBlank() || name.indexOf('/') >= 0) {
            throw Failure.usage("Expected a name, but got \"" + word + "\".");
        }
        return new Target(slash < 0 ? standard : Kind.of(word.substring(0, slash)), name);
    }

    /** A kind's word in front of names says what they are. */
    static List<Target> all(List<String> words, Kind standard) {
        boolean led = words.size() > 1 && Kind.known(words.get(0));
        Kind kind = led ? Kind.of(words.get(0)) : standard;
        List<Target> targets = new ArrayList<>();
        words.subList(led ? 1 : 0, words.size()).forEach(word -> targets.add(of(word, kind)));
        return List.copyOf(targets);
    }

    /** The same where only workloads will do. */
    static List<Target> workloads(List<String> words) {
        List<Target> targets = all(words, Kind.WORKLOAD);
        for (Target target : targets) {
            if (target.kind() != Kind.WORKLOAD) {
                throw Failure.usage(
                        "Expected a workload, but " + target.kind().singular() + "/" + target.name() + " is none.");
            }
        }
        return targets;
    }

    @Override
    public String toString() {
        return kind.singular() + "/" + name;
    }
}
