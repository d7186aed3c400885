package dev.berth.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.berth.cli.wire.JsonText;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Tree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Nothing that a stranger names steers the terminal, and what is written for machines reads back the same. */
final class ShownTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Palette PLAIN = new Palette(false);

    @Test
    void escapeSequencesAndTurnedTextBecomeVisible() {
        assertThat(Clean.line("a\u001b]0;owned\u0007b")).isEqualTo("a\\u001b]0;owned\\u0007b");
        assertThat(Clean.line("two\r\nlines")).isEqualTo("two lines");
        assertThat(Clean.line("safe\u202eelif")).isEqualTo("safe\\u202eelif");
        assertThat(Clean.line("\u009b31mred")).isEqualTo("\\u009b31mred");
        assertThat(Clean.line("Zoë 模型 🚀")).isEqualTo("Zoë 模型 🚀");
    }

    @Property(tries = 300)
    void noTextSteersATerminalInAnyFormat(@ForAll String text) {
        ObjectNode workload = Tree.object();
        workload.putObject("metadata").put("name", text);
        workload.putObject("status").put("reason", text).put("message", text);
        Table table = new Table(Kind.WORKLOAD, new Table.Look(true, 0, PLAIN), List.of(workload), NOW);

        assertThat(table.row(workload).codePoints()).noneMatch(JsonText::steers);
        assertThat(JsonText.compact(workload).codePoints()).noneMatch(JsonText::steers);
        assertThat(YamlText.of(workload).replace("\n", "").codePoints()).noneMatch(JsonText::steers);
    }

    @Property(tries = 300)
    void jsonAndYamlReadBackAsTheyWere(@ForAll String text, @ForAll long number, @ForAll boolean flag)
            throws IOException {
        ObjectNode tree = Tree.object();
        tree.put("text", text).put("number", number).put("flag", flag).putNull("nothing");
        tree.putArray("list").add(text).addObject().put(text, text).put("no", "yes");
        tree.withArray("list").addArray().add(1).addArray();
        tree.putObject("empty");

        assertThat(JSON.readTree(JsonText.compact(tree))).isEqualTo(JSON.readTree(tree.toString()));
        assertThat(JSON.readTree(JsonText.indented(tree))).isEqualTo(JSON.readTree(tree.toString()));
        if (text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            assertThat(YAML.readTree(YamlText.of(tree))).isEqualTo(JSON.readTree(tree.toString()));
        }
    }

    @Test
    void wordsThatYamlTakesForSomethingElseStandInQuotes() {
        ObjectNode tree = Tree.object()
                .put("a", "no")
                .put("b", "1e3")
                .put("c", "plain-word")
                .put("d", "")
                .put("e", "~");
        assertThat(YamlText.of(tree)).isEqualTo("a: \"no\"\nb: \"1e3\"\nc: plain-word\nd: \"\"\ne: \"~\"\n");
    }

    @Test
    void aNarrowTerminalLosesTheLeastDearColumnsAndNeverTheName() throws IOException {
        JsonNode node = JSON.readTree("""
                {"metadata":{"name":"a-very-long-name-that-must-stay-whole"},
                 "spec":{"project":"vision","cluster":"borealis","nodePool":"a100","workers":4,"resources":{"gpu":{"devices":8}}},
                 "status":{"phase":"Queued","reason":"OverQuota"}}""");
        Table whole = new Table(Kind.WORKLOAD, new Table.Look(false, 0, PLAIN), List.of(node), NOW);
        Table narrow = new Table(Kind.WORKLOAD, new Table.Look(false, 60, PLAIN), List.of(node), NOW);

        assertThat(whole.heads()).contains("NAME", "WORKERS", "AGE");
        assertThat(whole.row(node)).contains("  32  ").contains("<none>");
        assertThat(narrow.heads()).contains("NAME", "STATUS").doesNotContain("WORKERS", "AGE", "POOL");
        assertThat(narrow.row(node))
                .startsWith("a-very-long-name-that-must-stay-whole  ")
                .hasSizeLessThanOrEqualTo(60);
        Table tiny = new Table(Kind.WORKLOAD, new Table.Look(false, 10, PLAIN), List.of(node), NOW);
        assertThat(tiny.row(node)).isEqualTo("a-very-long-name-that-must-stay-whole");
    }

    @Test
    void coloursAreWrittenOnlyWhereTheyAreWanted() throws IOException {
        JsonNode node = JSON.readTree("{\"metadata\":{\"name\":\"n\"},\"status\":{\"phase\":\"Failed\"}}");
        Table coloured = new Table(Kind.WORKLOAD, new Table.Look(false, 0, new Palette(true)), List.of(node), NOW);
        Table plain = new Table(Kind.WORKLOAD, new Table.Look(false, 0, PLAIN), List.of(node), NOW);

        assertThat(coloured.row(node)).contains("\u001b[31mFailed\u001b[0m");
        assertThat(plain.row(node)).isEqualTo(coloured.row(node).replaceAll("\u001b\\[\\d+m", ""));
    }

    @Test
    void agesHaveTwoUnitsAtMost() {
        assertThat(Ages.of(Duration.ofSeconds(45))).isEqualTo("45s");
        assertThat(Ages.of(Duration.ofSeconds(150))).isEqualTo("2m30s");
        assertThat(Ages.of(Duration.ofMinutes(192))).isEqualTo("3h12m");
        assertThat(Ages.of(Duration.ofHours(50))).isEqualTo("2d2h");
        assertThat(Ages.of(Duration.ofDays(400))).isEqualTo("400d");
        assertThat(Ages.of(Duration.ofSeconds(-3))).isEqualTo("0s");
        assertThat(Ages.since("nonsense", NOW)).isEmpty();
    }

    @Test
    void amountsAreSaidAsPeopleSayThem() throws IOException {
        assertThat(Amounts.milli(500)).isEqualTo("0.5");
        assertThat(Amounts.milli(32_000)).isEqualTo("32");
        assertThat(Amounts.mib(20_480)).isEqualTo("20Gi");
        assertThat(Amounts.mib(1_000)).isEqualTo("1000Mi");
        assertThat(Amounts.gpus(JSON.readTree("{\"workers\":4,\"resources\":{\"gpu\":{\"devices\":8}}}")))
                .isEqualTo("32");
        assertThat(Amounts.gpus(JSON.readTree("{\"resources\":{\"gpu\":{\"devices\":1,\"memoryMib\":20480}}}")))
                .isEqualTo("1x20Gi");
    }
}
