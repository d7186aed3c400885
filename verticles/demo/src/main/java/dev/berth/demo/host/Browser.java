package dev.berth.demo.host;

import java.io.IOException;
import java.util.List;

/** Opens a page in the person's browser where there is one; a printed link serves everybody else. */
public final class Browser {
    private static final List<String> OPENERS = List.of("xdg-open", "open");

    private Browser() {}

    public static void open(String link) {
        boolean desktop = System.getenv("DISPLAY") != null
                || System.getenv("WAYLAND_DISPLAY") != null
                || System.getProperty("os.name").startsWith("Mac");
        if (!desktop) {
            return;
        }
        for (String opener : OPENERS) {
            try {
                new ProcessBuilder(opener, link)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return;
            } catch (IOException notThere) {
                continue;
            }
        }
    }
}
