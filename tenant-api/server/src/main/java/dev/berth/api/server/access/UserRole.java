package dev.berth.api.server.access;

import java.util.Locale;

/** What a user is in the tenant, from little to much; each may do all that those before it may. */
public enum UserRole {
    RESEARCHER,
    MANAGER,
    ADMIN;

    /** The word that users read. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word. */
    public static UserRole of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
