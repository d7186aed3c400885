package dev.berth.k8s.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.testkit.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of the two charts, installed under its own name into the namespace that it is made for. */
enum Chart {
    BERTH("berth", "berth-control-plane"),
    CLUSTER("berth-cluster", "berth");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---$");
    private static final String VALUES = ".values.yaml";

    final String chart;
    final String namespace;

    Chart(String chart, String namespace) {
        this.chart = chart;
        this.namespace = namespace;
    }

    /** A set of values that a golden rendering exists for. */
    record ValueSet(Chart chart, String name) {
        Path values() {
            return chart.resources().resolve(name + VALUES);
        }

        Path golden() {
            return chart.resources().resolve(name + ".golden.yaml");
        }

        String render() {
            return chart.template("--values", values().toString()).output();
        }

        @Override
        public String toString() {
            return chart.chart + " " + name;
        }
    }

    Path folder() {
        return charts().resolve(chart);
    }

    Path resources() {
        return charts().resolve("src/test/resources").resolve(chart);
    }

    static Stream<ValueSet> sets() {
        return Stream.of(values()).flatMap(Chart::valueSets);
    }

    private Stream<ValueSet> valueSets() {
        try (Stream<Path> files = Files.list(resources())) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(VALUES))
                    .sorted()
                    .map(name -> new ValueSet(this, name.substring(0, name.length() - VALUES.length())))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Command template(String... more) {
        return helm("template", more);
    }

    Command helm(String verb, String... more) {
        List<String> command = new ArrayList<>(List.of(Testbed.command("helm").toString(), verb));
        if (verb.equals("template")) {
            command.add(chart);
        }
        command.addAll(List.of(folder().toString(), "--namespace", namespace));
        command.addAll(List.of(more));
        return Command.run(command);
    }

    /** The documents of a rendering as text. */
    static List<String> documents(String rendered) {
        return BETWEEN.splitAsStream(rendered)
                .map(String::strip)
                .filter(text -> text.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .toList();
    }

    static JsonNode read(String document) {
        try {
            return YAML.readTree(document);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<JsonNode> objects(String rendered, String kind) {
        return documents(rendered).stream()
                .map(Chart::read)
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    private static Path charts() {
        return Path.of(System.getProperty("berth.root"), "k8s", "charts");
    }
}
