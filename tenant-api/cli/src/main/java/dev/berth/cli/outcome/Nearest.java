package dev.berth.cli.outcome;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that was probably meant. */
public final class Nearest {
    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /** The nearest candidate within a third of the word's length in edits. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        if (word.isEmpty() || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String meant = word.toLowerCase(Locale.ROOT);
        int most = Math.max(1, word.length() / 3);
        record Scored(String candidate, int edits) {}
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= most)
                .map(candidate -> new Scored(candidate, edits(meant, candidate.toLowerCase(Locale.ROOT))))
                .filter(scored -> scored.edits() <= most)
                .min(Comparator.comparingInt(Scored::edits).thenComparing(Scored::candidate))
                .map(Scored::candidate);
    }

    /** {@code  Did you mean "x"?}, or nothing. */
    public static String question(String word, Collection<String> candidates) {
        return to(word, candidates)
                .map(found -> "Did you mean \"" + found + "\"?")
                .orElse("");
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
