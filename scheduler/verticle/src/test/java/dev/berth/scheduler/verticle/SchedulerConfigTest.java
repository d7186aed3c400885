package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.runtime.RoleConfig;
import dev.berth.scheduler.core.Action;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulerConfigTest {
    private final RoleConfig reader = new RoleConfig(Map.of());

    @Test
    void theClusterIsAllThatMustBeSaid() {
        SchedulerConfig config = reader.read("scheduler", SchedulerConfig.class, Map.of("cluster", "aurora"));

        assertThat(config)
                .isEqualTo(new SchedulerConfig(
                        "aurora", "", 50, 1_000, 64, 10_000, 15, 20_000_000, 4, 100, 250, 2_000, "auto", "allocate"));
        assertThat(config.policy().in("default").actions()).containsExactly(Action.ALLOCATE);
    }

    @Test
    void actionsCanBeChosen() {
        SchedulerConfig config = reader.read(
                "scheduler", SchedulerConfig.class, Map.of("cluster", "aurora", "actions", "allocate, reclaim"));

        assertThat(config.policy().in("default").actions()).containsExactly(Action.ALLOCATE, Action.RECLAIM);
    }

    @Test
    void anUnknownActionIsRefused() {
        reader.read("scheduler", SchedulerConfig.class, Map.of("cluster", "aurora", "actions", "allocate,steal"));

        assertThat(reader.problems()).singleElement().asString().contains("steal");
    }

    @Test
    void aValueOutOfItsRangeIsRefused() {
        reader.read("scheduler", SchedulerConfig.class, Map.of("cluster", "aurora", "leaseSeconds", 1));

        assertThat(reader.problems()).singleElement().asString().contains("2 to 300 in leaseSeconds");
    }

    @Test
    void anUnknownKeyIsRefused() {
        reader.read("scheduler", SchedulerConfig.class, Map.of("cluster", "aurora", "leaseMinutes", 1));

        assertThat(reader.problems()).singleElement().asString().contains("scheduler.leaseMinutes");
    }
}
