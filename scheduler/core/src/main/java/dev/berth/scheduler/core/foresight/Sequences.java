package dev.berth.scheduler.core.foresight;

import java.util.Arrays;

/**
 * The sequences of classes that every node in every state is offered, so that two states differ by what they are and not by
 * luck. At each position the sequences together hold every class as often as its share says (a Latin hypercube), which makes
 * rare classes count with far fewer sequences than independent draws would need.
 */
final class Sequences {
    /** A fixed fraction of 1, fine enough for strata. */
    private static final int FINE = 1 << 20;

    final byte[][] offered;

    /** Bit {@code i % 64} of {@code masks[s][c * words + i / 64]}: sequence s has class c at position i. */
    final long[][] masks;

    final int words;
    private long stream;

    Sequences(long[] counts, int sequences, int length) {
        words = (length + Long.SIZE - 1) / Long.SIZE;
        offered = new byte[counts.length == 0 ? 0 : sequences][length];
        masks = new long[offered.length][counts.length * words];
        for (int position = 0; position < length && offered.length > 0; position++) {
            draw(counts, position);
        }
    }

    private void draw(long[] counts, int position) {
        long all = Arrays.stream(counts).sum();
        int strata = offered.length;
        double shift = below(FINE) / (double) FINE;
        int[] order = permutation(strata);
        int drawn = 0;
        long upTo = counts[0];
        for (int stratum = 0; stratum < strata; stratum++) {
            while (drawn < counts.length - 1 && (stratum + shift) / strata * all >= upTo) {
                upTo += counts[++drawn];
            }
            int sequence = order[stratum];
            offered[sequence][position] = (byte) drawn;
            masks[sequence][drawn * words + position / Long.SIZE] |= 1L << position;
        }
    }

    private int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** Any fixed stream will do; this one is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private int below(int bound) {
        stream += 0x9E3779B97F4A7C15L;
        long mixed = (stream ^ (stream >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
    }
}
