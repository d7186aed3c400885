package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;

class SimulateCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeTrace() throws IOException {
        Files.write(
                folder.resolve("openb_node_list_gpu_node.csv"),
                List.of("sn,cpu_milli,memory_mib,gpu,model", "n0,32000,65536,2,T4", "n1,96000,65536,8,G2"));
        Files.write(
                folder.resolve("openb_pod_list_mine.csv"),
                List.of(
                        "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos",
                        "p0,1000,100,1,600,,LS",
                        "p1,1000,100,1,400,,LS",
                        "p2,1000,100,2,1000,G2,LS"));
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new SimulateCommand());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private JsonNode report(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void drawsOneChartForEachPodList() throws Exception {
        int code = run(
                "--trace",
                folder.toString(),
                "--pods",
                "mine",
                "--policy",
                "Berth,FGD",
                "--seeds",
                "42",
                "--charts",
                folder.toString());

        assertThat(code).isZero();
        Document chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("mine.svg").toFile());
        assertThat(chart.getElementsByTagName("path").getLength())
                .as("two policies in two panels")
                .isEqualTo(4);
        assertThat(chart.getDocumentElement().getTextContent()).contains("allocated", "fragmented", "Berth", "FGD");
    }

    @Test
    void refusesAChartFolderThatIsNotThereBeforeItWorks() {
        int code = run("--trace", folder.toString(), "--pods", "mine", "--charts", "/no/such/folder");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("Expected a writable directory as --charts, but got /no/such/folder.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void reportsOnePolicy() throws IOException {
        Path file = folder.resolve("report.json");
        int code = run(
                "--protocol",
                "fgd",
                "--trace",
                folder.toString(),
                "--pods",
                "mine",
                "--policy",
                "Berth",
                "--seeds",
                "42-44",
                "--report",
                file.toString());

        assertThat(code).isZero();
        JsonNode report = report(file);
        assertThat(report.get("protocol").asText()).isEqualTo("fgd");
        assertThat(report.get("pods").asText()).isEqualTo("mine");
        assertThat(report.get("policy").asText()).isEqualTo("Berth");
        JsonNode ratio = report.get("allocationRatio");
        assertThat(ratio.get("perSeed").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("42", "43", "44");
        double sum = 0;
        for (JsonNode seed : ratio.get("perSeed")) {
            assertThat(seed.asDouble()).isBetween(0.5, 1.0);
            sum += seed.asDouble();
        }
        assertThat(ratio.get("mean").asDouble()).isCloseTo(sum / 3, within(1e-12));
        assertThat(ratio.get("sd").asDouble()).isNotNegative();
        assertThat(report.at("/fragmentation/mean").asDouble()).isBetween(0.0, 0.5);
        assertThat(report.at("/failedMultiGpuPods/perSeed/43").isNumber()).isTrue();
        assertThat(report.get("microsPerDecision").asDouble()).isPositive();
        assertThat(report.at("/curve/allocation")).hasSize(131);
        assertThat(report.at("/curve/load/130").asDouble()).isEqualTo(1.3);
        assertThat(out.toString()).contains("mine", "Berth", "allocated");
        assertThat(err.toString()).contains("seed 44").contains("(3 of 3)");
    }

    @Test
    void reportsAllPoliciesOnAllLists() throws IOException {
        Path file = folder.resolve("report.json");

        assertThat(run(
                        "--trace",
                        folder.toString(),
                        "--pods",
                        "all",
                        "--policy",
                        "all",
                        "--seeds",
                        "1",
                        "--report",
                        file.toString()))
                .isZero();

        assertThat(report(file).get("results"))
                .hasSize(PolicyName.values().length)
                .allSatisfy(result ->
                        assertThat(result.at("/allocationRatio/sd").asDouble()).isZero());
    }

    @Test
    void takesGivenArrivalsBeforeDrawnOnes() throws IOException {
        try (GZIPOutputStream gzip =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("arrivals_mine.csv.gz")))) {
            gzip.write("rank,42,0,1\npods,42,0,0,0\n".getBytes(StandardCharsets.US_ASCII));
        }
        Path file = folder.resolve("report.json");

        assertThat(run(
                        "--trace",
                        folder.toString(),
                        "--pods",
                        "mine",
                        "--policy",
                        "fgd",
                        "--seeds",
                        "42",
                        "--report",
                        file.toString()))
                .isZero();

        assertThat(report(file).at("/allocationRatio/mean").asDouble()).isCloseTo(0.18, within(1e-9));
    }

    @Test
    void saysWhatItExpected() {
        String trace = folder.toString();

        assertThat(run("--trace", trace, "--pods", "mine", "--policy", "Nearest"))
                .isEqualTo(2);
        assertThat(run("--trace", trace, "--pods", "yours")).isEqualTo(2);
        assertThat(run("--trace", trace, "--pods", "mine", "--seeds", "9-3")).isEqualTo(2);
        assertThat(run("--trace", trace, "--pods", "mine", "--seeds", "1-999999999"))
                .isEqualTo(2);
        assertThat(run("--trace", trace, "--pods", "mine", "--protocol", "other"))
                .isEqualTo(2);
        assertThat(run("--trace", trace, "--pods", "mine", "--report", trace + "/no/such.json"))
                .isEqualTo(2);
        assertThat(run("--trace", trace + "/none")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString())
                .contains("Random, DotProd, GpuClustering, GpuPacking, BestFit, FGD, Berth, BerthLearning")
                .contains("\"yours\". There are mine.")
                .contains("such as 42-51, but got \"9-3\"")
                .contains("Expected fgd as --protocol")
                .contains("writable directory as --report")
                .contains("Expected openb_node_list_gpu_node.csv")
                .contains("--trace=DIR");
    }

    @Test
    void namesTheLineThatItCannotRead() throws IOException {
        Files.writeString(
                folder.resolve("openb_pod_list_torn.csv"),
                "name,cpu_milli,memory_mib,num_gpu,gpu_milli\np0,1000,100,1,600\np1,many,1,1,1\n");

        assertThat(run("--trace", folder.toString(), "--pods", "torn")).isEqualTo(2);

        assertThat(err.toString()).contains("pod list torn").contains("line 3").contains("\"many\"");
    }

    @Test
    void refusesListsThatCannotBeReplayed() throws IOException {
        String header = "name,cpu_milli,memory_mib,num_gpu,gpu_milli\n";
        Files.writeString(folder.resolve("openb_pod_list_cpu.csv"), header + "p0,1000,100,0,0\n");
        Files.writeString(folder.resolve("openb_pod_list_negative.csv"), header + "p0,1000,100,1,-600\n");
        Files.writeString(folder.resolve("openb_pod_list_empty.csv"), header);

        for (String pods : List.of("cpu", "negative", "empty")) {
            assertThat(run("--trace", folder.toString(), "--pods", pods))
                    .as(pods)
                    .isEqualTo(2);
        }

        assertThat(err.toString()).contains("pods that ask for GPUs").contains("-600 milli");
    }

    @Test
    void refusesArrivalsOfAnotherList() throws IOException {
        try (GZIPOutputStream gzip =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("arrivals_mine.csv.gz")))) {
            gzip.write("rank,42,0,1\npods,42,0,7\n".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(run("--trace", folder.toString(), "--pods", "mine")).isEqualTo(2);

        assertThat(err.toString()).contains("rows 0 to 2").contains("seed 42");
    }

    @Test
    void helpsWithExamples() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("Examples:").contains("--seeds=A-B").contains("42-51");
    }
}
