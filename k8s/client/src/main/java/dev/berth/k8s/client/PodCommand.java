package dev.berth.k8s.client;

import java.util.List;

/**
 * What to run in a container.
 *
 * @param container empty: the pod's only or first one
 * @param words the command; none: attach to the container's own process
 * @param tty whether it gets a terminal, which joins output and errors
 * @param stdin whether it is given input
 */
public record PodCommand(String container, List<String> words, boolean tty, boolean stdin) {
    public PodCommand {
        words = List.copyOf(words);
    }

    public boolean attaches() {
        return words.isEmpty();
    }
}
