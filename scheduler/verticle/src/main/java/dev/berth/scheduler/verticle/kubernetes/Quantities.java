package dev.berth.scheduler.verticle.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Exact sums and maxima of resource lists; rounded up once, at the end. */
final class Quantities {
    private static final BigDecimal MILLI = BigDecimal.valueOf(1_000);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 1_024);

    private Quantities() {}

    static Map<String, BigDecimal> read(@Nullable Map<String, Quantity> list) {
        Map<String, BigDecimal> read = new TreeMap<>();
        if (list != null) {
            list.forEach((resource, quantity) -> read.put(resource, number(quantity)));
        }
        return read;
    }

    /** What cannot be read is 0, as it never passed an API server. */
    private static BigDecimal number(Quantity quantity) {
        try {
            return quantity.getNumericalAmount().max(BigDecimal.ZERO).min(MOST);
        } catch (ArithmeticException | IllegalArgumentException unreadable) {
            return BigDecimal.ZERO;
        }
    }

    static void add(Map<String, BigDecimal> sum, Map<String, BigDecimal> more) {
        more.forEach((resource, amount) -> sum.merge(resource, amount, BigDecimal::add));
    }

    static void max(Map<String, BigDecimal> most, Map<String, BigDecimal> other) {
        other.forEach((resource, amount) -> most.merge(resource, amount, BigDecimal::max));
    }

    /** Thousandths of a core of {@code cpu}, else whole units; without what is zero. */
    static Map<String, Long> rounded(Map<String, BigDecimal> exact) {
        Map<String, Long> rounded = new TreeMap<>();
        exact.forEach((resource, amount) -> {
            BigDecimal ours = resource.equals("cpu") ? amount.multiply(MILLI) : amount;
            long whole = ours.min(MOST).setScale(0, RoundingMode.CEILING).longValueExact();
            if (whole > 0) {
                rounded.put(resource, whole);
            }
        });
        return rounded;
    }
}
