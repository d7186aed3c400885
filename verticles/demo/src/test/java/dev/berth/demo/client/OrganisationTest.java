package dev.berth.demo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrganisationTest {
    private static final List<Organisation.Site> SITES = List.of(new Organisation.Site("openb", 6_212));

    @Test
    void podsAreSharedOutByTheProjectsParts() {
        Map<String, Long> pods = IntStream.range(0, 10_000)
                .mapToObj(i -> Organisation.projectOf("openb-pod-" + i))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(pods.get("vision")).isBetween(1_800L, 2_200L);
        assertThat(pods.get("bio")).isBetween(400L, 600L);
        assertThat(pods).as("the sandbox is for the person who looks on").doesNotContainKey(Organisation.SANDBOX);
    }

    @Test
    void quotasOfAllProjectsLeaveAFifthToBeBorrowed() {
        long quota = Organisation.MEMBERS.stream()
                .mapToLong(member -> gpus(Organisation.project(member, SITES)).getLong("quota"))
                .sum();

        assertThat(quota).isBetween(6_212_000L * 75 / 100, 6_212_000L * 80 / 100);
    }

    @Test
    void onlyTheSandboxHasALimit() {
        for (Organisation.Member member : Organisation.MEMBERS) {
            assertThat(gpus(Organisation.project(member, SITES)).getLong("limit"))
                    .isEqualTo(member.isSandbox() ? 4_000 : -1);
        }
    }

    private static JsonObject gpus(JsonObject project) {
        return project.getJsonObject("spec")
                .getJsonArray("quotas")
                .getJsonObject(0)
                .getJsonObject("gpuMilli");
    }
}
