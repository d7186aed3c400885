package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person at the demo, in a real browser: signs in by the link, submits what fits and what does not, reads why, raises the
 * limit, sees it start. The steps stand in {@code webapp/e2e/story.mjs}; pictures are left in {@code webapp/target/story}.
 */
class BrowserStoryIT {
    private static final Path STORY = Path.of("..", "..", "webapp", "e2e", "story.mjs");
    private static final Path CHROMIUM =
            Path.of(Objects.requireNonNullElse(System.getenv("CHROMIUM"), "/usr/bin/chromium"));
    private static final int SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void aPersonRaisesALimitAndSeesTheWorkStart() {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium in " + CHROMIUM + "; set CHROMIUM");
        try (BerthProcess demo = BerthProcess.start(
                folder,
                "demo",
                "demo",
                "--headless",
                "--data",
                folder.resolve("data").toString())) {
            Matcher link = demo.says("(http://localhost:\\d+)/\\?token=([A-Za-z0-9_-]+)", SECONDS);
            List<String> story = List.of(
                    "env", "BERTH_URL=" + link.group(1), "BERTH_LINK=" + link.group(2), "node", STORY.toString());
            try (BerthProcess browser = BerthProcess.run(folder, "story", story)) {
                assertThat(browser.exit(2 * SECONDS)).as(browser.output()).isZero();
            }
        }
    }
}
