package dev.berth.model;

import java.util.regex.Pattern;

/** What every id and name has in common: a DNS label or a UUID, at most 253 characters, so it can stand in any Kubernetes name. */
public final class Identifiers {
    public static final int MAX_LENGTH = 253;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private Identifiers() {}

    /** Returns the value, or throws {@link IllegalArgumentException} with a sentence that names {@code what}. */
    public static String check(String what, String value) {
        if (value.isEmpty()
                || value.length() > MAX_LENGTH
                || !NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("Expected a " + what
                    + " of 1 to " + MAX_LENGTH
                    + " lower-case letters, digits, '-' or '.', starting and ending with a letter or digit, but got "
                    + quoted(value) + ".");
        }
        return value;
    }

    /** Whether the value could be an id or name; never throws. */
    public static boolean valid(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && NAME.matcher(value).matches();
    }

    private static String quoted(String value) {
        String shown = value.length() > 40 ? value.substring(0, 40) + "…" : value;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
