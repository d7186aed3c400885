package dev.berth.cli.show;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Spans of time in two units, as kubectl writes them. */
public final class Ages {
    private Ages() {}

    public static String of(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        return days < 8 ? two(days, "d", hours % 24, "h") : days + "d";
    }

    /** How long ago a moment of the API was; empty when there was none. */
    public static String since(String moment, Instant now) {
        Instant at = moment(moment);
        return at == null ? "" : of(Duration.between(at, now));
    }

    public static @Nullable Instant moment(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException strange) {
            return null;
        }
    }

    private static String two(long large, String unit, long small, String smaller) {
        return small == 0 ? large + unit : large + unit + small + smaller;
    }
}
