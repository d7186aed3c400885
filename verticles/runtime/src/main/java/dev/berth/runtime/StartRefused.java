package dev.berth.runtime;

import java.util.List;

/** The process must not start: every problem at once, each a sentence that names the key or the peer. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    public StartRefused(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
