package dev.berth.scheduler.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.scheduler.core.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The cycle and round cases of the conformance corpus. */
class ConformanceTest {
    @Test
    void decidesAsTheCorpusSays() throws IOException {
        assumeTrue(Files.exists(corpus()), "no conformance corpus at " + corpus());
        Tally tally = run(Placement.FULLEST, true);
        System.out.println(tally.text());
        assertThat(tally.passed).as(tally.text()).isEqualTo(tally.cases);
    }

    @Test
    void packingForWhatArrivesChangesNodesButNotWhoRuns() throws IOException {
        assumeTrue(Files.exists(corpus()), "no conformance corpus at " + corpus());
        Tally tally = run(Placement.BINPACK, false);
        System.out.println("with Berth's own packing: " + tally.passed + " of " + tally.cases);
        assertThat(tally.passed).as(tally.text()).isEqualTo(tally.cases);
    }

    static Path corpus() {
        String given = System.getProperty("berth.conformance");
        return given != null && !given.isEmpty()
                ? Path.of(given)
                : Path.of(System.getProperty("berth.root", "../.."), "../shared/conformance/kai-cases.json");
    }

    private static Tally run(Placement packing, boolean aloud) throws IOException {
        Tally tally = new Tally(aloud);
        String only = System.getProperty("berth.case", "");
        for (JsonNode one : new ObjectMapper().readTree(corpus().toFile())) {
            boolean wanted = !one.path("mode").asText().equals("fairshare")
                    && (only.isEmpty() || one.path("id").asText().contains(only));
            if (wanted) {
                tally.add(one, packing);
            }
        }
        return tally;
    }

    /** Counts in all and for each tag. */
    private static final class Tally {
        private final boolean aloud;
        private final Map<String, int[]> byTag = new TreeMap<>();
        private final List<String> failures = new ArrayList<>();
        private final List<String> advisory = new ArrayList<>();
        private int cases;
        private int passed;
        private int sameNodes;
        private int sameDevices;

        Tally(boolean aloud) {
            this.aloud = aloud;
        }

        void add(JsonNode one, Placement packing) {
            Differences differences = differences(one, packing);
            boolean pass = differences.status.isEmpty();
            String text = one.path("id").asText() + " \"" + one.path("name").asText() + "\"";
            boolean hint = false;
            for (JsonNode tag : one.path("tags")) {
                hint |= tag.asText().equals("advisory");
            }
            String diff = text + String.join("", lines(differences));
            if (hint) {
                advisory.add((pass ? "passes " : "fails ") + diff);
                return;
            }
            cases++;
            passed += pass ? 1 : 0;
            sameNodes += pass && differences.names.isEmpty() ? 1 : 0;
            sameDevices += pass && differences.devices.isEmpty() ? 1 : 0;
            one.path("tags").forEach(tag -> {
                int[] counts = byTag.computeIfAbsent(tag.asText(), some -> new int[2]);
                counts[0] += pass ? 1 : 0;
                counts[1]++;
            });
            if (!pass || (aloud && !(differences.names.isEmpty() && differences.devices.isEmpty()))) {
                failures.add((pass ? "other places: " : "FAILS: ") + diff);
            }
        }

        private static Differences differences(JsonNode one, Placement packing) {
            CaseRun run = new CaseRun(one, packing);
            try {
                return run.run();
            } catch (IllegalStateException | IndexOutOfBoundsException | UnsupportedOperationException bug) {
                throw new IllegalStateException("in " + one.path("id").asText(), bug);
            }
        }

        private static List<String> lines(Differences differences) {
            List<String> lines = new ArrayList<>();
            differences.status.stream().limit(12).forEach(line -> lines.add("\n    " + line));
            differences.names.stream().limit(4).forEach(line -> lines.add("\n    node: " + line));
            differences.devices.stream().limit(4).forEach(line -> lines.add("\n    device: " + line));
            return lines;
        }

        String text() {
            StringBuilder text = new StringBuilder();
            failures.forEach(failure -> text.append(failure).append('\n'));
            advisory.forEach(hint -> text.append("advisory: ").append(hint).append('\n'));
            byTag.forEach((tag, counts) -> text.append(tag)
                    .append(": ")
                    .append(counts[0])
                    .append(" of ")
                    .append(counts[1])
                    .append('\n'));
            return text.append("cycle and rounds: ")
                    .append(passed)
                    .append(" of ")
                    .append(cases)
                    .append(" (with the same nodes ")
                    .append(sameNodes)
                    .append(", with the same devices ")
                    .append(sameDevices)
                    .append(')')
                    .toString();
        }
    }
}
