package dev.berth.k8s.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table of values and its commands say what the charts say. */
class ReadmeTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(berth|berth-cluster)` \\| `([A-Za-z.]+)` \\| (?:`([^`]*)` )?\\|");
    private static final Pattern SET = Pattern.compile("--set ([^\\s`]+)");

    @Test
    void everyRowOfTheTableIsAKeyWithThatDefault() throws IOException {
        List<MatchResult> rows = ROW.matcher(readme()).results().toList();
        assertThat(rows).hasSizeGreaterThan(15);
        for (MatchResult row : rows) {
            JsonNode value = value(row.group(1), row.group(2));
            assertThat(value.isValueNode()).as(row.group(2)).isTrue();
            assertThat(value.asText()).as(row.group(2)).isEqualTo(row.group(3) == null ? "" : row.group(3));
        }
    }

    @Test
    void everyKeyThatACommandSetsExists() throws IOException {
        for (MatchResult set : SET.matcher(readme()).results().toList()) {
            for (String pair : set.group(1).split(",")) {
                String key = pair.substring(0, pair.indexOf('='));
                assertThat(value("berth", key).isMissingNode()
                                && value("berth-cluster", key).isMissingNode())
                        .as(key)
                        .isFalse();
            }
        }
    }

    private static JsonNode value(String chart, String key) throws IOException {
        Chart of = chart.equals("berth") ? Chart.BERTH : Chart.CLUSTER;
        return Chart.read(Files.readString(of.folder().resolve("values.yaml"))).at("/" + key.replace('.', '/'));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of(System.getProperty("berth.root"), "k8s", "README.md"));
    }
}
