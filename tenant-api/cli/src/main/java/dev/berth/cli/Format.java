package dev.berth.cli;

import dev.berth.cli.outcome.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** How an answer is written. */
enum Format {
    TABLE,
    WIDE,
    JSON,
    YAML,
    NAME;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean table() {
        return this == TABLE || this == WIDE;
    }

    static final class Reader implements CommandLine.ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            List<String> words = Arrays.stream(values()).map(Format::word).toList();
            int index = words.indexOf(word.toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw new CommandLine.TypeConversionException("expected one of " + String.join(", ", words)
                        + " but was '" + word + "'. " + Nearest.question(word, words));
            }
            return values()[index];
        }
    }

    static final class Words extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Words() {
            super(Arrays.stream(values()).map(Format::word).toList());
        }
    }
}
