package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo that a person starts, stops with Ctrl-C, and starts again. */
class DemoRestartIT {
    private static final String LINK = "(http://localhost:\\d+)/\\?token=([A-Za-z0-9_-]+)";
    private static final String MINE = """
            {"metadata": {"name": "mine"},
             "spec": {"project": "sandbox", "cluster": "borealis", "image": "ubuntu",
                      "resources": {"gpu": {"devices": 2}}}}""";
    private static final int SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void whatRanBeforeCtrlCRunsAfterTheNextStart() {
        String id;
        JsonNode pods;
        try (BerthProcess demo = start("first")) {
            Api api = signIn(demo);
            id = api.post("/workloads", MINE).at("/metadata/id").asText();
            pods = api.until("/workloads/" + id, DemoRestartIT::runs, SECONDS).at("/status/pods");
            demo.interrupt(SECONDS);
        }
        try (BerthProcess demo = start("second")) {
            Api api = signIn(demo);

            JsonNode mine = api.get("/workloads/" + id);
            assertThat(runs(mine)).as(mine.toString()).isTrue();
            assertThat(mine.at("/status/pods"))
                    .as("the same pods on the same GPUs")
                    .isEqualTo(pods);
            assertThat(api.get("/clusters/borealis").at("/status/state").asText())
                    .isEqualTo("Connected");
        }
    }

    @Test
    void aDemoThatWasKilledStartsAgain() {
        String id;
        try (BerthProcess demo = start("first")) {
            Api api = signIn(demo);
            id = api.post("/workloads", MINE).at("/metadata/id").asText();
            demo.kill();
        }
        try (BerthProcess demo = start("second")) {
            signIn(demo).until("/workloads/" + id, DemoRestartIT::runs, SECONDS);
        }
    }

    private BerthProcess start(String name) {
        return BerthProcess.start(
                folder,
                name,
                "demo",
                "--headless",
                "--speed",
                "1",
                "--data",
                folder.resolve("data").toString());
    }

    private static Api signIn(BerthProcess demo) {
        Matcher link = demo.says(LINK, SECONDS);
        return Api.signIn(link.group(1), link.group(2));
    }

    private static boolean runs(JsonNode workload) {
        return workload.at("/status/phase").asText().equals("Running");
    }
}
