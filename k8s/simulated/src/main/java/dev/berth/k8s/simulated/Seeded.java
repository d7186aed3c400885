package dev.berth.k8s.simulated;

/** Numbers that depend on nothing but what is given (SplitMix64). */
final class Seeded {
    private Seeded() {}

    /** A number of 0 to {@code bound} - 1. */
    static long below(long bound, long seed, long what) {
        long mixed = seed + what * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return Long.remainderUnsigned(mixed ^ (mixed >>> 31), Math.max(1, bound));
    }
}
