package dev.berth.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.LongFunction;

/** Says fields of the API in the words of the command line. */
final class Wording {
    private Wording() {}

    /** {@code fairShare} as {@code fair share}. */
    static String spaced(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** A change as the flag that makes it, with the value now where that helps. */
    static String change(JsonNode change) {
        String from = Clean.cell(change.path("from").asText(""));
        String to = Clean.cell(change.path("to").asText(""));
        String field = Clean.cell(change.path("field").asText());
        return switch (field) {
            case "workers" -> flag("--workers", from, to);
            case "minWorkers" -> flag("--min-workers", from, to);
            case "nodePool" -> flag("--pool", from, to);
            case "preemptible" -> to.equals("true") ? "--preemptible" : "--no-preemptible";
            case "resources.gpu.devices" -> flag("--gpu", from, to);
            case "resources.gpu.fractionMilli" ->
                flag("--gpu", number(from, Amounts::milli), number(to, Amounts::milli));
            case "resources.cpuMilli" -> flag("--cpu", number(from, Amounts::milli), number(to, Amounts::milli));
            case "resources.memoryMib" -> flag("--memory", number(from, Amounts::mib), number(to, Amounts::mib));
            case "gpuModels" -> "--gpu-model " + to;
            case "nodeSelector" -> to.isEmpty() ? "without --node-selector" : flag("--node-selector", from, to);
            default -> quota(field, from, to);
        };
    }

    private static String flag(String flag, String from, String to) {
        return flag + " " + to + (from.isEmpty() ? "" : "  (now " + from + ")");
    }

    /** {@code quota.vision.gpuMilli} is the quota of vision. */
    private static String quota(String field, String from, String to) {
        String[] parts = field.split("\\.", 3);
        if (parts.length < 3 || !parts[0].matches("quota|limit")) {
            return field + " " + from + " → " + to;
        }
        LongFunction<String> unit = parts[2].equals("memoryMib") ? Amounts::mib : Amounts::milli;
        String what =
                switch (parts[2]) {
                    case "gpuMilli" -> "GPU";
                    case "cpuMilli" -> "CPU";
                    case "memoryMib" -> "memory";
                    default -> parts[2];
                };
        return what + " " + parts[0] + " of " + parts[1] + " " + number(from, unit) + " → " + number(to, unit);
    }

    private static String number(String text, LongFunction<String> unit) {
        try {
            long value = Long.parseLong(text);
            return value < 0 ? "∞" : unit.apply(value);
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }
}
