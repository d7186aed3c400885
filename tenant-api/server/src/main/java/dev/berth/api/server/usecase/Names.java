package dev.berth.api.server.usecase;

/** Names that strangers sent, as they may stand in an answer. */
final class Names {
    private static final int SHOWN = 64;

    private Names() {}

    static String shown(String name) {
        String clean = name.replaceAll("[^-A-Za-z0-9._]", "?");
        return clean.length() > SHOWN ? clean.substring(0, SHOWN) + "…" : clean;
    }
}
