package dev.berth.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a pod's labels and annotations ask of the GPUs of its node: the one place where keys of Berth, KAI and Run:ai
 * become a {@link GpuRequest}. Berth's own keys go before foreign ones; a value that cannot be read counts as absent and
 * is told.
 */
public final class GpuKeys {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{0,3}(\\.[0-9]{1,6})?");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final int WHOLE_MILLI = 1_000;
    private static final long MAX_MIB = 1L << 24;

    /**
     * What was read.
     *
     * @param request what is asked; {@link GpuRequest#NONE} where nothing is
     * @param problems keys whose values cannot be read, each a sentence with what would be valid
     */
    public record Reading(GpuRequest request, List<String> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final List<String> problems = new ArrayList<>();

    private GpuKeys(Map<String, String> labels, Map<String, String> annotations) {
        this.labels = labels;
        this.annotations = annotations;
    }

    /** Whether the pod asks for a part of a device, which only a binding can name. */
    public static boolean fractional(Map<String, String> labels, Map<String, String> annotations) {
        return !(read(labels, annotations).request() instanceof GpuRequest.Whole);
    }

    /** Reads what a pod that requests no whole GPU asks for by its keys. */
    public static Reading read(Map<String, String> labels, Map<String, String> annotations) {
        GpuKeys keys = new GpuKeys(labels, annotations);
        GpuRequest request = keys.request();
        return new Reading(request, keys.problems);
    }

    private GpuRequest request() {
        int milli = fraction();
        if (milli > 0) {
            return new GpuRequest.Fraction(devices(), milli);
        }
        long mib = memory();
        return mib > 0 ? new GpuRequest.Memory(devices(), mib) : GpuRequest.NONE;
    }

    private int devices() {
        long own = whole(Labels.GPU_DEVICES, GpuRequest.MAX_DEVICES);
        long devices = own > 0 ? own : whole(ForeignLabels.GPU_DEVICES, GpuRequest.MAX_DEVICES);
        return (int) Math.max(1, devices);
    }

    private int fraction() {
        long own = whole(Labels.GPU_FRACTION_MILLI, WHOLE_MILLI - 1);
        if (own > 0) {
            return (int) own;
        }
        int written = part(Labels.GPU_FRACTION);
        return written > 0 ? written : part(ForeignLabels.GPU_FRACTION);
    }

    /** Thousandths of a part such as {@code 0.5}, rounded up; 0 where it says nothing that can be read. */
    private int part(String key) {
        String text = value(key);
        if (text.isEmpty()) {
            return 0;
        }
        if (DECIMAL.matcher(text).matches() && !text.equals(".")) {
            int milli = new BigDecimal("0" + text)
                    .movePointRight(3)
                    .setScale(0, RoundingMode.CEILING)
                    .intValueExact();
            if (milli > 0 && milli < WHOLE_MILLI) {
                return milli;
            }
        }
        problems.add("Expected a part of more than 0 and less than 1, such as 0.5, in " + key + ".");
        return 0;
    }

    private long memory() {
        long own = whole(Labels.GPU_MEMORY_MIB, MAX_MIB);
        if (own > 0) {
            return own;
        }
        long quantity = quantity(Labels.GPU_MEMORY_REQUEST);
        return quantity > 0 ? quantity : quantity(ForeignLabels.GPU_MEMORY);
    }

    /** MiB, plain or as {@code 4096Mi} or {@code 4Gi}. */
    private long quantity(String key) {
        String text = value(key);
        if (text.endsWith("Gi")) {
            return bounded(key, text.substring(0, text.length() - 2), 1_024);
        }
        return text.isEmpty() ? 0 : bounded(key, text.endsWith("Mi") ? text.substring(0, text.length() - 2) : text, 1);
    }

    private long whole(String key, long max) {
        String text = value(key);
        if (text.isEmpty()) {
            return 0;
        }
        long number = WHOLE.matcher(text).matches() ? Long.parseLong(text) : 0;
        if (number < 1) {
            problems.add("Expected a whole number of 1 to " + max + " in " + key + ".");
        }
        return Math.min(number, max);
    }

    private long bounded(String key, String digits, long factor) {
        long number = WHOLE.matcher(digits).matches() ? Long.parseLong(digits) * factor : 0;
        if (number < 1 || number > MAX_MIB) {
            problems.add("Expected 1 to " + MAX_MIB + " MiB, such as 4096 or 4Gi, in " + key + ".");
            return 0;
        }
        return number;
    }

    private String value(String key) {
        String annotation = annotations.get(key);
        String text = annotation != null ? annotation : labels.get(key);
        return text == null ? "" : text.strip();
    }
}
