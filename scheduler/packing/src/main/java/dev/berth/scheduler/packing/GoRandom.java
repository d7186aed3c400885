package dev.berth.scheduler.packing;

/**
 * The number stream of Go's {@code math/rand}: an additive lagged Fibonacci generator with lags 607 and 273. The published
 * runs drew their arrival orders from it.
 */
public final class GoRandom {
    static final int LONG_LAG = 607;
    static final int SHORT_LAG = 273;
    private static final int WARM_UP = 20;
    private static final int SEED_MODULUS = Integer.MAX_VALUE;
    private static final int SEED_INSTEAD_OF_ZERO = 89_482_311;
    private static final long SEED_FACTOR = 48_271;

    private final long[] state;
    private int tap;
    private int feed = LONG_LAG - SHORT_LAG;

    public GoRandom(long seed) {
        state = seeded(seed, 40, 20);
        long[] cooked = CookedState.values();
        for (int i = 0; i < LONG_LAG; i++) {
            state[i] ^= cooked[i];
        }
    }

    /** Fills the state from a multiplicative generator, three draws for each number. */
    static long[] seeded(long seed, int highShift, int middleShift) {
        long x = seed % SEED_MODULUS;
        x = x < 0 ? x + SEED_MODULUS : x == 0 ? SEED_INSTEAD_OF_ZERO : x;
        for (int i = 0; i < WARM_UP; i++) {
            x = x * SEED_FACTOR % SEED_MODULUS;
        }
        long[] filled = new long[LONG_LAG];
        for (int i = 0; i < LONG_LAG; i++) {
            long high = x = x * SEED_FACTOR % SEED_MODULUS;
            long middle = x = x * SEED_FACTOR % SEED_MODULUS;
            x = x * SEED_FACTOR % SEED_MODULUS;
            filled[i] = high << highShift ^ middle << middleShift ^ x;
        }
        return filled;
    }

    private long next64() {
        tap = tap == 0 ? LONG_LAG - 1 : tap - 1;
        feed = feed == 0 ? LONG_LAG - 1 : feed - 1;
        state[feed] += state[tap];
        return state[feed];
    }

    /** Go's Int63. */
    public long next63() {
        return next64() & Long.MAX_VALUE;
    }

    /** Go's Intn: uniform from 0 to {@code bound} - 1. */
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("Expected a bound of 1 or more, but got " + bound + ".");
        }
        if ((bound & bound - 1) == 0) {
            return (int) (next63() >> 32) & bound - 1;
        }
        int most = (int) ((1L << 31) - 1 - (1L << 31) % bound);
        int drawn = (int) (next63() >> 32);
        while (drawn > most) {
            drawn = (int) (next63() >> 32);
        }
        return drawn % bound;
    }

    /** Go's Perm. */
    public int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Go's Shuffle. */
    public void shuffle(int[] items) {
        for (int i = items.length - 1; i > 0; i--) {
            int j = shuffleIndex(i + 1);
            int kept = items[i];
            items[i] = items[j];
            items[j] = kept;
        }
    }

    /** Go's int31n, which only Shuffle uses: multiply and shift instead of the remainder. */
    private int shuffleIndex(int bound) {
        long product = (next63() >> 31) * bound;
        long low = product & 0xFFFF_FFFFL;
        if (low < bound) {
            long threshold = ((1L << 32) - bound) % bound;
            while (low < threshold) {
                product = (next63() >> 31) * bound;
                low = product & 0xFFFF_FFFFL;
            }
        }
        return (int) (product >>> 32);
    }
}
