package dev.berth.api.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Guessing is slowed; signing in is not. */
final class GuessesTest {
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final Guesses guesses = new Guesses(() -> now);

    @Test
    void theEleventhWrongTryWithinAMinuteIsTurnedAway() {
        tries(10, "ada", "10.0.0.1", GuessesTest::wrong);

        assertThatThrownBy(() -> guesses.bounded("ada", "10.0.0.1", GuessesTest::right))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.refusal())
                        .isInstanceOf(Refusal.TooManyRequests.class));
        now = now.plusSeconds(60);
        assertThat(guesses.bounded("ada", "10.0.0.1", GuessesTest::right).succeeded())
                .isTrue();
    }

    @Test
    void aStrangersWrongTriesLeaveTheOwnerElsewhereAlone() {
        tries(10, "ada", "10.0.0.1", GuessesTest::wrong);

        assertThat(guesses.bounded("ada", "10.0.0.2", GuessesTest::right).succeeded())
                .isTrue();
        assertThat(guesses.bounded("bob", "10.0.0.1", GuessesTest::right).succeeded())
                .isTrue();
    }

    @Test
    void rightTriesAreNotCountedAndMendTheWrongOnes() {
        tries(1_000, "ada", "10.0.0.1", GuessesTest::right);
        for (int day = 0; day < 11; day++) {
            tries(9, "ada", "10.0.0.1", GuessesTest::wrong);
            tries(1, "ada", "10.0.0.1", GuessesTest::right);
        }

        assertThatThrownBy(() -> tries(2, "eve", "10.0.0.1", GuessesTest::wrong))
                .as("the address has 99 wrong tries behind it")
                .isInstanceOf(Refused.class);
    }

    @Test
    void aFailureOfOurOwnIsNobodysWrongTry() {
        tries(200, "ada", "10.0.0.1", () -> Future.failedFuture(new Refused(new Refusal.Busy("Busy.", 1))));
        tries(200, "ada", "10.0.0.1", () -> Future.failedFuture(new IllegalStateException("a bug")));

        assertThat(guesses.bounded("ada", "10.0.0.1", GuessesTest::right).succeeded())
                .isTrue();
    }

    @Test
    void manyTriesAtOnceDoNotSlipThroughTogether() {
        Promise<String> unanswered = Promise.promise();
        tries(10, "ada", "10.0.0.1", unanswered::future);

        assertThatThrownBy(() -> guesses.bounded("ada", "10.0.0.1", unanswered::future))
                .isInstanceOf(Refused.class);
    }

    @Test
    void oneHouseholdsAddressesOfIpv6AreOne() {
        assertThat(Guesses.network("2001:db8:1:2:aaaa::1")).isEqualTo(Guesses.network("2001:db8:1:2:bbbb::2"));
        assertThat(Guesses.network("2001:db8:1:2::1")).isNotEqualTo(Guesses.network("2001:db8:1:3::1"));
        assertThat(Guesses.network("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(Guesses.network(":garbage")).isEqualTo(":garbage");
    }

    @Test
    void memoryIsBounded() {
        var attempts = new Attempts(() -> now, "tries", 1, 60_000);
        for (int i = 0; i < 50_000; i++) {
            attempts.count("key " + i);
        }
        assertThat(attempts.size()).isEqualTo(10_000);
    }

    private void tries(int count, String account, String address, Supplier<Future<String>> attempt) {
        for (int i = 0; i < count; i++) {
            guesses.bounded(account, address, attempt);
        }
    }

    private static Future<String> right() {
        return Future.succeededFuture("in");
    }

    private static Future<String> wrong() {
        return Future.failedFuture(new Refused(new Refusal.Unauthenticated("No.", "")));
    }
}
