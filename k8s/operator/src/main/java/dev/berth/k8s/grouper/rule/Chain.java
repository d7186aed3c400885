package dev.berth.k8s.grouper.rule;

import java.util.List;

/**
 * A pod with what owns it, from the pod up to the highest owner that can be read.
 *
 * @param warnings what was in the way
 */
public record Chain(List<Link> links, List<Warning> warnings) {
    /** Levels that are followed at most. */
    public static final int MAX_LEVELS = 8;

    public Chain {
        links = List.copyOf(links);
        warnings = List.copyOf(warnings);
    }

    public Link pod() {
        return links.get(0);
    }

    /** The highest owner; the pod itself where nothing owns it. */
    public Link top() {
        return links.get(links.size() - 1);
    }
}
