package dev.berth.api.server.wire;

import java.util.regex.Pattern;

/** How names look. None of these backtracks. */
final class Patterns {
    static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
    static final String NAME_SAID =
            "1 to 63 lower-case letters, digits or '-', starting and ending with a letter or digit";
    /** Of Kubernetes. */
    static final Pattern LABEL_KEY =
            Pattern.compile("(?:[a-z0-9][-a-z0-9.]{0,251}/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    static final Pattern LABEL_VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]{0,252}");

    private Patterns() {}
}
