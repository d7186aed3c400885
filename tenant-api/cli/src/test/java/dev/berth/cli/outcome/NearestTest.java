package dev.berth.cli.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A slip of the fingers is recognised, another word is not. */
final class NearestTest {
    private static final List<String> KNOWN = List.of("get", "submit", "explain", "delete", "train-7");

    @Test
    void swappedMissingAndExtraLettersAreSlips() {
        assertThat(Nearest.to("sumbit", KNOWN)).contains("submit");
        assertThat(Nearest.to("explan", KNOWN)).contains("explain");
        assertThat(Nearest.to("gett", KNOWN)).contains("get");
        assertThat(Nearest.to("Train7", KNOWN)).contains("train-7");
    }

    @Test
    void anotherWordIsNoSlip() {
        assertThat(Nearest.to("describe", KNOWN)).isEmpty();
        assertThat(Nearest.to("", KNOWN)).isEmpty();
        assertThat(Nearest.to("x".repeat(5_000), KNOWN)).isEmpty();
    }
}
