package dev.berth.demo.trace;

import dev.berth.k8s.simulated.NodeShape;
import dev.berth.model.PriorityClass;
import dev.berth.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a trace of the openb format: {@code openb_node_list_gpu_node.csv} and {@code openb_pod_list_NAME.csv}. */
public final class TraceReader {
    private static final String NODES = "openb_node_list_gpu_node.csv";
    /** MiB of one GPU by model; the trace's two undisclosed models are given those of an A100 and a V100. */
    private static final Map<String, Long> MODEL_MEMORY_MIB = Map.of(
            "P100", 16_384L, "T4", 15_360L, "V100M16", 16_384L, "V100M32", 32_768L, "A10", 23_028L, "G2", 40_960L, "G3",
            32_768L);

    private static final long UNKNOWN_MEMORY_MIB = 16_384;

    private TraceReader() {}

    public static Trace read(Path directory, String pods) {
        Path podFile = directory.resolve("openb_pod_list_" + pods + ".csv");
        List<NodeShape> nodes = rows(directory.resolve(NODES), TraceReader::node);
        List<TracePod> list = rows(podFile, TraceReader::pod);
        list.sort(Comparator.comparingLong(TracePod::createdMillis).thenComparing(TracePod::name));
        return new Trace("openb trace, pods of " + podFile.getFileName(), nodes, list);
    }

    private static NodeShape node(Row row) {
        String model = row.text("model");
        return new NodeShape(
                row.text("sn").toLowerCase(Locale.ROOT),
                row.number("cpu_milli"),
                row.number("memory_mib"),
                (int) row.number("gpu"),
                model,
                MODEL_MEMORY_MIB.getOrDefault(model, UNKNOWN_MEMORY_MIB),
                "");
    }

    private static TracePod pod(Row row) {
        int gpus = (int) row.number("num_gpu");
        long created = row.numberOr("creation_time", 0);
        long scheduled = row.numberOr("scheduled_time", created);
        long deleted = row.numberOr("deletion_time", scheduled + 600);
        return new TracePod(
                row.text("name").toLowerCase(Locale.ROOT),
                row.number("cpu_milli"),
                row.number("memory_mib"),
                gpus,
                gpus == 0 ? 0 : (int) Math.min(1000, row.number("gpu_milli")),
                models(row.textOr("gpu_spec", "")),
                priority(row.textOr("qos", "")),
                1,
                created * 1000,
                Math.max(1, deleted - scheduled) * 1000,
                row.textOr("pod_phase", "").equals("Failed"));
    }

    private static Set<String> models(String spec) {
        Set<String> models = new TreeSet<>();
        for (String model : spec.split("\\|")) {
            if (!model.isBlank()) {
                models.add(model.strip());
            }
        }
        return models;
    }

    private static PriorityClass priority(String qos) {
        return switch (qos) {
            case "LS", "Guaranteed" -> PriorityClass.INTERACTIVE_PREEMPTIBLE;
            default -> PriorityClass.TRAIN;
        };
    }

    private static <T> List<T> rows(Path file, Function<Row, T> map) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new StartRefused(List.of("Cannot read " + file + ". --trace wants a directory with " + NODES
                    + " and openb_pod_list_NAME.csv; --pods wants the NAME."));
        }
        List<String> heads =
                List.of(lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1));
        List<T> rows = new ArrayList<>(lines.size());
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(map.apply(new Row(file, i + 1, heads, lines.get(i).split(",", -1))));
            }
        }
        return rows;
    }

    /** One line, its columns found by the names in the head. */
    private record Row(Path file, int line, List<String> heads, String[] cells) {
        String textOr(String column, String otherwise) {
            int at = heads.indexOf(column);
            return at < 0 || at >= cells.length || cells[at].isBlank() ? otherwise : cells[at].strip();
        }

        String text(String column) {
            String text = textOr(column, "");
            if (text.isEmpty()) {
                throw wrong(column, "nothing");
            }
            return text;
        }

        long number(String column) {
            String text = text(column);
            try {
                return (long) Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw wrong(column, "\"" + text + "\"");
            }
        }

        long numberOr(String column, long otherwise) {
            return textOr(column, "").isEmpty() ? otherwise : number(column);
        }

        private StartRefused wrong(String column, String got) {
            return new StartRefused(List.of(
                    file + " line " + line + ": expected a value in column " + column + ", but got " + got + "."));
        }
    }
}
