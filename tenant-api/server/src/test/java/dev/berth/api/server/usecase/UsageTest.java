package dev.berth.api.server.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.server.store.Named;
import dev.berth.api.server.usecase.Usage.Place;
import dev.berth.api.server.usecase.Usage.Sum;
import dev.berth.api.server.usecase.Usage.Uses;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UsageTest {
    private static final Place NORTH = new Place("north", "default");
    private static final Place NORTH_A100 = new Place("north", "a100");
    private static final Place SOUTH = new Place("south", "default");

    @Test
    void whatIsAskedMostComesFirstAndTheTotalIsTheSumOfAllPlaces() {
        Uses uses = Uses.of(Map.of(
                SOUTH,
                new Sum(1000, 2000, 1, 1),
                NORTH,
                new Sum(0, 2000, 0, 1),
                NORTH_A100,
                new Sum(8000, 8000, 2, 0)));

        assertThat(uses.places()).extracting(Usage.PlaceSum::place).containsExactly(NORTH_A100, NORTH, SOUTH);
        assertThat(uses.total()).isEqualTo(new Sum(9000, 12_000, 3, 2));
    }

    @Test
    void aPlaceWhereNothingIsHeldOrAskedIsNotListed() {
        Uses uses = Uses.of(Map.of(NORTH, Sum.NONE, SOUTH, new Sum(0, 0, 1, 0)));

        assertThat(uses.places()).extracting(Usage.PlaceSum::place).containsExactly(SOUTH);
    }

    @Test
    void theListIsBoundedAndTheTotalCountsWhatItLeavesOut() {
        Map<Place, Sum> sums = new HashMap<>();
        for (int i = 1; i <= 1500; i++) {
            sums.put(new Place("c" + i, "default"), new Sum(0, i, 0, 1));
        }

        Uses uses = Uses.of(sums);

        assertThat(uses.places()).hasSize(1000);
        assertThat(uses.places().get(0).place().cluster()).isEqualTo("c1500");
        assertThat(uses.total().queued()).isEqualTo(1500);
    }

    @Test
    void aDepartmentsPlacesAreThoseOfItsProjects() {
        UUID research = UUID.randomUUID();
        Named vision = project(research);
        Named speech = project(research);
        Named idle = project(research);
        Named alone = project(null);

        var departments = Usage.together(
                List.of(vision, speech, idle, alone),
                Map.of(
                        vision.id(), Map.of(NORTH, new Sum(1000, 2000, 1, 0), SOUTH, new Sum(0, 4000, 0, 1)),
                        speech.id(), Map.of(NORTH, new Sum(500, 500, 1, 0)),
                        alone.id(), Map.of(NORTH, new Sum(8000, 8000, 1, 0))));

        assertThat(departments)
                .isEqualTo(Map.of(research, Map.of(NORTH, new Sum(1500, 2500, 2, 0), SOUTH, new Sum(0, 4000, 0, 1))));
    }

    private static Named project(UUID department) {
        OffsetDateTime then = OffsetDateTime.of(2026, 11, 24, 0, 0, 0, 0, ZoneOffset.UTC);
        return new Named(UUID.randomUUID(), "p", "{}", "{}", 1, 1, then, then, department, "");
    }
}
