package dev.berth.scheduler.packing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A folder with the files of the openb trace. */
record TraceFolder(Path folder) {
    static final String NODES = "openb_node_list_gpu_node.csv";

    private static final Pattern PODS = Pattern.compile("openb_pod_list_(\\w+)\\.csv");

    boolean hasNodes() {
        return Files.isReadable(folder.resolve(NODES));
    }

    /** Names of the pod lists in the folder. */
    List<String> podLists() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> PODS.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .map(match -> match.group(1))
                    .sorted()
                    .toList();
        }
    }

    Trace read(String pods) throws IOException {
        return new Trace(TraceText.nodes(lines(NODES)), TraceText.pods(lines("openb_pod_list_" + pods + ".csv")));
    }

    /** The given arrivals of the workload; empty where none are given. */
    Map<Long, Arrivals> given(String pods) throws IOException {
        Path file = folder.resolve("arrivals_" + pods + ".csv.gz");
        if (!Files.exists(file)) {
            return Map.of();
        }
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return TraceText.arrivals(reader.lines().toList());
        }
    }

    List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name));
    }
}
