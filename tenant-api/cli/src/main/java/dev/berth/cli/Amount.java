package dev.berth.cli;

import dev.berth.cli.outcome.Failure;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts as users write them. */
final class Amount {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)([A-Za-z]+)");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final BigDecimal MIB = BigDecimal.valueOf(1 << 20);
    private static final Map<String, BigDecimal> BYTES = Map.of(
            "mi", MIB,
            "gi", MIB.multiply(BigDecimal.valueOf(1 << 10)),
            "ti", MIB.multiply(BigDecimal.valueOf(1 << 20)),
            "m", BigDecimal.valueOf(1_000_000L),
            "g", BigDecimal.valueOf(1_000_000_000L),
            "t", BigDecimal.valueOf(1_000_000_000_000L));

    private Amount() {}

    /** GPUs of one worker: whole devices, or thousandths of one. */
    record Gpus(int devices, int fractionMilli) {}

    /** {@code 2} is two devices, {@code 0.5} half of one. */
    static Gpus gpus(String text) {
        if (NUMBER.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            BigDecimal milli = number.movePointRight(3).stripTrailingZeros();
            if (number.stripTrailingZeros().scale() <= 0 && number.compareTo(BigDecimal.valueOf(64)) <= 0) {
                return new Gpus(number.intValue(), 0);
            }
            if (number.compareTo(BigDecimal.ONE) < 0 && milli.scale() <= 0) {
                return new Gpus(1, milli.intValue());
            }
        }
        throw Failure.usage("Expected --gpu as a whole number up to 64, or a part of one GPU such as 0.5, but got \""
                        + text + "\".")
                .hint("For the same part of several GPUs take --gpu 0.5 --gpu-devices 2.");
    }

    /** {@code 0.5}, {@code 4} or {@code 500m}, in thousandths. */
    static long cpuMilli(String text) {
        String digits = text.endsWith("m") ? text.substring(0, text.length() - 1) : text;
        if (NUMBER.matcher(digits).matches()) {
            BigDecimal number = new BigDecimal(digits);
            BigDecimal milli = digits.length() < text.length() ? number : number.movePointRight(3);
            if (milli.stripTrailingZeros().scale() <= 0) {
                return milli.longValueExact();
            }
        }
        throw Failure.usage(
                "Expected --cpu as cores such as 4 or 0.5, or thousandths such as 500m, but got \"" + text + "\".");
    }

    /** {@code 4Gi} or {@code 512Mi}, in MiB; decimal units are rounded up. */
    static long mib(String flag, String text) {
        Matcher size = SIZE.matcher(text);
        String unit = size.matches() ? size.group(2).toLowerCase(Locale.ROOT).replaceFirst("b$", "") : "";
        BigDecimal bytes = BYTES.get(unit);
        if (bytes == null) {
            throw Failure.usage("Expected " + flag + " with a unit, such as 512Mi or 4Gi, but got \"" + text + "\".");
        }
        return new BigDecimal(size.group(1))
                .multiply(bytes)
                .divide(MIB, 0, java.math.RoundingMode.CEILING)
                .longValueExact();
    }

    /** {@code 90s}, {@code 10m}, {@code 2h}. */
    static java.time.Duration span(String flag, String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw Failure.usage("Expected " + flag + " as a time such as 90s, 10m or 2h, but got \"" + text + "\".");
        }
        long number = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "ms" -> java.time.Duration.ofMillis(number);
            case "s" -> java.time.Duration.ofSeconds(number);
            case "m" -> java.time.Duration.ofMinutes(number);
            case "h" -> java.time.Duration.ofHours(number);
            default -> java.time.Duration.ofDays(number);
        };
    }
}
