package dev.berth.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/** Workloads in a file: YAML or JSON, in one document or many, each a workload or a list of them. */
final class WorkloadFile {
    private static final int MAX_BYTES = 32 << 20;
    private static final int MAX_ITEMS = 20_000;
    private static final String LIST_KIND = "WorkloadList";

    private final String source;
    private final List<Item> items = new ArrayList<>();

    /** One workload; {@code lines} says where each of its values stands. */
    record Item(ObjectNode body, String source, Map<String, Integer> lines) {
        /** Where a value stands, as an editor jumps there. */
        String place(String pointer) {
            for (String at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
                Integer line = lines.get(at);
                if (line != null) {
                    return source + ":" + line;
                }
                if (at.lastIndexOf('/') < 0) {
                    return source;
                }
            }
        }
    }

    private WorkloadFile(String source) {
        this.source = source;
    }

    /** Reads the file, or standard input where it is called {@code -}. */
    static List<Item> read(String file, InputStream standardInput) {
        try {
            byte[] bytes;
            if (file.equals("-")) {
                bytes = standardInput.readNBytes(MAX_BYTES + 1);
            } else {
                try (InputStream in = Files.newInputStream(Path.of(file))) {
                    bytes = in.readNBytes(MAX_BYTES + 1);
                }
            }
            if (bytes.length > MAX_BYTES) {
                throw Failure.usage(file + " is larger than " + (MAX_BYTES >> 20) + " MiB.");
            }
            var read = new WorkloadFile(file.equals("-") ? "stdin" : file);
            read.documents(new String(bytes, StandardCharsets.UTF_8));
            return List.copyOf(read.items);
        } catch (JsonProcessingException wrong) {
            throw Failure.of(ExitCode.USAGE, file + " is neither YAML nor JSON: " + said(wrong));
        } catch (IOException unreadable) {
            throw Failure.usage(
                            "Cannot read " + file + ": " + unreadable.getClass().getSimpleName() + ".")
                    .hint("Take - for standard input.");
        }
    }

    private static String said(JsonProcessingException wrong) {
        String place = wrong.getLocation() == null
                ? ""
                : " (line " + wrong.getLocation().getLineNr() + ")";
        return wrong.getOriginalMessage()
                        .lines()
                        .limit(3)
                        .reduce("", (all, line) -> all + " " + line.strip())
                        .strip()
                + place;
    }

    private void documents(String text) throws IOException {
        var limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_BYTES);
        YAMLFactory yaml = YAMLFactory.builder()
                .loaderOptions(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = yaml.createParser(text)) {
            Map<String, Integer> lines = new HashMap<>();
            for (JsonNode next = Tree.next(parser, lines); next != null; next = Tree.next(parser, lines)) {
                document(next, lines);
                lines = new HashMap<>();
            }
        }
        if (items.isEmpty()) {
            throw Failure.usage("There is no workload in " + source + ".");
        }
    }

    private void document(JsonNode document, Map<String, Integer> lines) {
        boolean empty =
                document.isNull() || (document.isTextual() && document.asText().isBlank());
        if (empty) {
            return;
        }
        String kind = document.path("kind").asText("Workload");
        boolean list = document.path("items").isArray() && (kind.equals(LIST_KIND) || !document.has("spec"));
        if (!document.isObject() || !(list || kind.equalsIgnoreCase(Kind.WORKLOAD.singular()))) {
            throw Failure.usage("Expected workloads in " + source + ", but line " + lines.getOrDefault("", 1)
                    + " begins something else.");
        }
        if (!list) {
            add(document, lines);
            return;
        }
        for (int i = 0; i < document.path("items").size(); i++) {
            add(document.path("items").get(i), below("/items/" + i, lines));
        }
    }

    private void add(JsonNode body, Map<String, Integer> lines) {
        if (!(body instanceof ObjectNode object)) {
            throw Failure.usage("Expected a workload in line " + lines.getOrDefault("", 1) + " of " + source + ".");
        }
        if (items.size() >= MAX_ITEMS) {
            throw Failure.usage("There are more than " + MAX_ITEMS + " workloads in " + source + ".");
        }
        items.add(new Item(object, source, lines));
    }

    private static Map<String, Integer> below(String pointer, Map<String, Integer> lines) {
        Map<String, Integer> below = new HashMap<>();
        lines.forEach((at, line) -> {
            if (at.equals(pointer) || at.startsWith(pointer + "/")) {
                below.put(at.substring(pointer.length()), line);
            }
        });
        return below;
    }
}
