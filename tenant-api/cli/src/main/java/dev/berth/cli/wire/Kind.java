package dev.berth.cli.wire;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.outcome.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The kinds of objects that can be listed, and where the server keeps them. */
public enum Kind {
    WORKLOAD(
            "/workloads",
            true,
            true,
            Set.of("project", "status", "reason", "cluster", "pool", "q", "sort"),
            List.of("workload", "workloads", "wl")),
    PROJECT("/projects", true, true, Set.of("department"), List.of("project", "projects", "proj")),
    DEPARTMENT("/departments", true, false, Set.of(), List.of("department", "departments", "dept")),
    CLUSTER("/clusters", true, true, Set.of(), List.of("cluster", "clusters", "cl")),
    NODE("/nodes", false, true, Set.of("cluster", "pool"), List.of("node", "nodes", "no")),
    NODE_POOL(
            "/node-pools",
            true,
            false,
            Set.of("cluster"),
            List.of("node-pool", "node-pools", "nodepool", "nodepools", "pool", "pools", "np"));

    private final String path;
    private final boolean readByName;
    private final boolean watched;
    private final Set<String> filters;
    private final List<String> words;

    Kind(String path, boolean readByName, boolean watched, Set<String> filters, List<String> words) {
        this.path = path;
        this.readByName = readByName;
        this.watched = watched;
        this.filters = filters;
        this.words = words;
    }

    /** The collection, below the base of the API. */
    public String path() {
        return path;
    }

    /** One object, by name or id. */
    public String path(String name) {
        return path + "/" + Query.encode(name);
    }

    /** Whether the server has an address for one object. */
    public boolean readByName() {
        return readByName;
    }

    public boolean watched() {
        return watched;
    }

    /** The query parameter that tells objects of one name apart; empty: names are unique. */
    public String scope() {
        return switch (this) {
            case WORKLOAD -> "project";
            case NODE_POOL -> "cluster";
            case PROJECT, DEPARTMENT, CLUSTER, NODE -> "";
        };
    }

    /** The query parameters that narrow its list. */
    public Set<String> filters() {
        return filters;
    }

    /** As in {@code workload/hello}. */
    public String singular() {
        return words.get(0);
    }

    public String plural() {
        return words.get(1);
    }

    public List<String> words() {
        return words;
    }

    public static boolean known(String word) {
        return Arrays.stream(values()).anyMatch(kind -> kind.words.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** Reads any of its words. */
    public static Kind of(String word) {
        String asked = word.toLowerCase(Locale.ROOT);
        for (Kind kind : values()) {
            if (kind.words.contains(asked)) {
                return kind;
            }
        }
        List<String> plurals = Arrays.stream(values()).map(Kind::plural).toList();
        List<String> all =
                Arrays.stream(values()).flatMap(kind -> kind.words.stream()).toList();
        throw Failure.of(ExitCode.USAGE, "There is no kind of object \"" + word + "\".")
                .hint((Nearest.question(word, all) + " There are " + String.join(", ", plurals) + ".").strip());
    }
}
