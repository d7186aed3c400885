package dev.berth.scheduler.packing;

/**
 * The numbers that Go's generator mixes into every seed: its own state after 7.8 · 10¹² steps from a first seed. Instead of
 * walking, or carrying a table of 607 numbers, this jumps there: the steps are a linear recurrence modulo 2⁶⁴, so that the
 * step numbered n is a combination of the first 607 with the coefficients of xⁿ modulo the recurrence's polynomial.
 */
final class CookedState {
    private static final long STEPS = 7_800_000_000_000L;
    private static final int SIZE = GoRandom.LONG_LAG;
    private static final int GAP = SIZE - GoRandom.SHORT_LAG;
    private static final long[] VALUES = compute();

    private CookedState() {}

    static long[] values() {
        return VALUES;
    }

    /**
     * In order of time the sequence is y(n) = y(n - 607) + y(n - 273). The generator walks its array backwards: step k = 1, 2,
     * ... writes y(k) where y(k - 607) was, which at first was index (334 - k) mod 607.
     */
    private static long[] compute() {
        long[] first = GoRandom.seeded(1, 20, 10);
        long[] sequence = new long[SIZE];
        for (int n = 0; n < SIZE; n++) {
            sequence[n] = first[index(n + 1)];
        }
        long[] values = new long[SIZE];
        long[] power = power(STEPS);
        for (int n = 0; n < SIZE; n++) {
            values[index(STEPS + n + 1)] = combine(power, sequence);
            power = shift(power);
        }
        return values;
    }

    private static int index(long step) {
        return (int) Math.floorMod(GAP - step, (long) SIZE);
    }

    private static long combine(long[] coefficients, long[] sequence) {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += coefficients[i] * sequence[i];
        }
        return sum;
    }

    /** x to the power n, modulo x⁶⁰⁷ = x³³⁴ + 1. */
    private static long[] power(long n) {
        long[] result = new long[SIZE];
        result[0] = 1;
        for (int bit = 63 - Long.numberOfLeadingZeros(n); bit >= 0; bit--) {
            result = square(result);
            if ((n >> bit & 1) == 1) {
                result = shift(result);
            }
        }
        return result;
    }

    private static long[] square(long[] a) {
        long[] product = new long[2 * SIZE - 1];
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                product[i + j] += a[i] * a[j];
            }
        }
        for (int i = product.length - 1; i >= SIZE; i--) {
            product[i - SIZE] += product[i];
            product[i - SIZE + GAP] += product[i];
        }
        long[] reduced = new long[SIZE];
        System.arraycopy(product, 0, reduced, 0, SIZE);
        return reduced;
    }

    private static long[] shift(long[] a) {
        long[] shifted = new long[SIZE];
        System.arraycopy(a, 0, shifted, 1, SIZE - 1);
        shifted[0] = a[SIZE - 1];
        shifted[GAP] += a[SIZE - 1];
        return shifted;
    }
}
