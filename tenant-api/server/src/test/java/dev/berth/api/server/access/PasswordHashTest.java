package dev.berth.api.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PasswordHashTest {
    @Test
    void aHashKnowsItsPasswordAndNoOther() {
        String hash = PasswordHash.of("correct horse");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(PasswordHash.of("correct horse"));
        assertThat(PasswordHash.matches("correct horse", hash)).isTrue();
        assertThat(PasswordHash.matches("correct horsf", hash)).isFalse();
    }

    @Test
    void idsSortByTheirTime() {
        UUID early = Secret.newId(1_700_000_000_000L);
        UUID late = Secret.newId(1_700_000_000_001L);
        assertThat(early.toString()).isLessThan(late.toString());
        assertThat(early.version()).isEqualTo(7);
        assertThat(early.variant()).isEqualTo(2);
        Set<UUID> many = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(Secret.newId(1));
        }
        assertThat(many).hasSize(1_000);
    }

    @Test
    void attemptsAreCountedForEachKeyAndForgottenWithTheWindow() {
        long[] now = {0};
        InstantSource clock = () -> Instant.ofEpochMilli(now[0]);
        var attempts = new Attempts(clock, "tries", 2, 1_000);
        attempts.count("a");
        attempts.count("a");
        attempts.count("b");
        assertThatThrownBy(() -> attempts.count("a")).isInstanceOf(Refused.class);
        now[0] = 1_000;
        attempts.count("a");
    }
}
