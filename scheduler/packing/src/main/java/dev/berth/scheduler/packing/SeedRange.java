package dev.berth.scheduler.packing;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Seeds {@code first} to {@code last}, both included. */
record SeedRange(long first, long last) {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final int MOST = 1_000;

    List<Long> seeds() {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + "-" + last;
    }

    static final class Reader implements ITypeConverter<SeedRange> {
        @Override
        public SeedRange convert(String text) {
            Matcher match = SYNTAX.matcher(text);
            if (match.matches()) {
                long first = Long.parseLong(match.group(1));
                long last = match.group(2) == null ? first : Long.parseLong(match.group(2));
                if (first <= last && last - first < MOST) {
                    return new SeedRange(first, last);
                }
            }
            throw new TypeConversionException(
                    "Expected a seed or a range of at most " + MOST + ", such as 42-51, but got \"" + text + "\".");
        }
    }
}
