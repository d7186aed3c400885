package dev.berth.scheduler.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The text of a trace's files: CSV with a header and no quotes, and the lines of arrivals. */
final class TraceText {
    private TraceText() {}

    static List<NodeShape> nodes(List<String> lines) {
        return rows(
                lines,
                List.of("sn", "cpu_milli", "memory_mib", "gpu", "model"),
                (row, name) -> new NodeShape(number(row, 1, name), number(row, 2, name), number(row, 3, name), row[4]));
    }

    static List<Pod> pods(List<String> lines) {
        List<String> columns = List.of("name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli");
        return rows(
                lines,
                columns,
                (row, name) -> Pod.of(
                        number(row, 1, name),
                        number(row, 2, name),
                        number(row, 3, name),
                        number(row, 4, name),
                        row.length > 5 ? row[5] : ""));
    }

    private static <T> List<T> rows(List<String> lines, List<String> columns, BiFunction<String[], String, T> read) {
        List<String> header =
                lines.isEmpty() ? List.of() : List.of(lines.get(0).trim().split(",", -1));
        if (header.size() < columns.size() || !header.subList(0, columns.size()).equals(columns)) {
            throw new IllegalArgumentException("Expected a header that starts with " + String.join(",", columns)
                    + ", but got " + String.join(",", header) + ".");
        }
        List<T> read0 = new ArrayList<>(lines.size());
        for (int line = 1; line < lines.size(); line++) {
            if (!lines.get(line).isBlank()) {
                String[] row = lines.get(line).trim().split(",", -1);
                String place = "line " + (line + 1);
                if (row.length < columns.size()) {
                    throw new IllegalArgumentException(
                            "Expected " + columns.size() + " values, but " + place + " has " + row.length + ".");
                }
                read0.add(read.apply(row, place));
            }
        }
        return read0;
    }

    private static int number(String[] row, int column, String place) {
        try {
            return Integer.parseInt(row[column]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Expected a number, but " + place + " has \"" + row[column] + "\".", e);
        }
    }

    /** Lines {@code rank,SEED,...} and {@code pods,SEED,...}, one of each for a seed. */
    static Map<Long, Arrivals> arrivals(List<String> lines) {
        Map<Long, int[]> ranks = new TreeMap<>();
        Map<Long, int[]> pods = new TreeMap<>();
        for (String line : lines) {
            String[] values = line.trim().split(",", -1);
            boolean rank = values[0].equals("rank");
            if (values.length < 3 || !rank && !values[0].equals("pods")) {
                throw new IllegalArgumentException("Expected a line of rank or pods, but got \"" + values[0] + "\".");
            }
            int[] numbers = Arrays.stream(values, 2, values.length)
                    .mapToInt(Integer::parseInt)
                    .toArray();
            (rank ? ranks : pods).put(Long.parseLong(values[1]), numbers);
        }
        Map<Long, Arrivals> arrivals = new TreeMap<>();
        ranks.forEach((seed, order) -> {
            int[] rows = pods.get(seed);
            if (rows != null) {
                arrivals.put(seed, new Arrivals(seed, order, rows));
            }
        });
        return arrivals;
    }

    static List<String> lines(Arrivals arrivals) {
        return List.of(line("rank", arrivals.seed(), arrivals.ranks()), line("pods", arrivals.seed(), arrivals.pods()));
    }

    private static String line(String kind, long seed, int[] numbers) {
        StringBuilder text = new StringBuilder(kind).append(',').append(seed);
        for (int number : numbers) {
            text.append(',').append(number);
        }
        return text.toString();
    }
}
