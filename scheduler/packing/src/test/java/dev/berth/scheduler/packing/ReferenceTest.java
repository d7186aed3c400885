package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published policies come to the published figures. */
class ReferenceTest {
    private static final Set<PolicyName> PUBLISHED = EnumSet.range(PolicyName.DotProd, PolicyName.FGD);

    @ParameterizedTest
    @CsvSource({"default, 42", "multigpu50, 47", "gpuspec33, 51"})
    void reproducesThePublishedRuns(String pods, long seed) throws IOException {
        TraceFolder folder = Openb.folder();
        Trace trace = folder.read(pods);
        Arrivals arrivals = ArrivalsGenerator.draw(trace, seed);
        for (PolicyName policy : PUBLISHED) {
            Run run = new Replay(trace).run(arrivals, policy.open(trace, seed));
            Map<String, String> expected = reference(folder, pods, policy, seed);
            assertThat(100 * run.allocation())
                    .as("allocation of %s", policy)
                    .isCloseTo(number(expected, "final_alloc_pct"), within(0.02));
            assertThat(100 * run.fragmentation())
                    .as("fragmentation of %s", policy)
                    .isCloseTo(number(expected, "final_frag_pct_of_capacity"), within(0.02));
            assertThat(100 * run.failures().firstLoad())
                    .as("first failure of %s", policy)
                    .isCloseTo(number(expected, "first_failure_load_pct"), within(0.02));
            assertThat(run.failures().multiGpu())
                    .as("failed multi-GPU pods of %s", policy)
                    .isEqualTo((int) number(expected, "failed_multi_gpu"));
            assertThat(100 * Curve.of(run).allocation()[95])
                    .as("allocation of %s at 95 %%", policy)
                    .isCloseTo(number(expected, "alloc_at_95"), within(0.02));
        }
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static Map<String, String> reference(TraceFolder folder, String pods, PolicyName policy, long seed)
            throws IOException {
        List<String> lines = folder.lines("reference_results.csv");
        List<String> header = Arrays.asList(lines.get(0).split(","));
        String start = pods + "," + policy + "," + seed + ",";
        String[] row = lines.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow()
                .split(",");
        Map<String, String> values = new HashMap<>();
        header.forEach(column -> values.put(column, row[header.indexOf(column)]));
        return values;
    }
}
