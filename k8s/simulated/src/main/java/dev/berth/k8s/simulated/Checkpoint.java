package dev.berth.k8s.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** All objects of a simulated cluster as a compressed file, an object a line: what etcd's data directory is to a real one. */
final class Checkpoint {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "type";
    private static final String OBJECT = "object";
    private static final String APPLIED = "applied";

    /** An object with the metadata of its last apply. */
    record Entry(HasMetadata object, @Nullable ObjectMeta applied) {}

    private Checkpoint() {}

    static void write(Path file, List<Entry> entries) throws IOException {
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (Entry entry : entries) {
                ObjectNode line = JSON.createObjectNode();
                line.put(TYPE, entry.object().getClass().getName());
                line.set(OBJECT, JSON.valueToTree(entry.object()));
                line.set(APPLIED, JSON.valueToTree(entry.applied()));
                out.write(JSON.writeValueAsString(line));
                out.newLine();
            }
        }
    }

    static List<Entry> read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                entries.add(entry(JSON.readTree(line)));
            }
        }
        return entries;
    }

    private static Entry entry(JsonNode line) throws IOException {
        try {
            Class<? extends HasMetadata> type =
                    Class.forName(line.path(TYPE).asText()).asSubclass(HasMetadata.class);
            return new Entry(
                    JSON.treeToValue(line.path(OBJECT), type), JSON.treeToValue(line.path(APPLIED), ObjectMeta.class));
        } catch (ClassNotFoundException | ClassCastException unknown) {
            throw new IOException(
                    "Expected a kind of this version, but got "
                            + line.path(TYPE).asText() + ".",
                    unknown);
        }
    }
}
