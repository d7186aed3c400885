package dev.berth.scheduler.verticle;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers as Kubernetes writes them. */
final class Numbers {
    private static final BigDecimal MILLI = BigDecimal.valueOf(1_000);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 1024);
    private static final int MAX_DIGITS = 9;

    private Numbers() {}

    /** The amount in our units, thousandths of a core or else as it stands; 0 when there is none or it cannot be read. */
    static long amount(@Nullable Quantity quantity, String resource) {
        if (quantity == null) {
            return 0;
        }
        BigDecimal number;
        try {
            number = quantity.getNumericalAmount();
        } catch (ArithmeticException | IllegalArgumentException unreadable) {
            return 0;
        }
        BigDecimal ours = resource.equals("cpu") ? number.multiply(MILLI) : number;
        return ours.min(MOST)
                .max(BigDecimal.ZERO)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** A whole number that is not negative, or {@code otherwise}. */
    static int whole(@Nullable String text, int otherwise) {
        if (text == null || text.isEmpty() || text.length() > MAX_DIGITS) {
            return otherwise;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return otherwise;
            }
        }
        return Integer.parseInt(text);
    }
}
