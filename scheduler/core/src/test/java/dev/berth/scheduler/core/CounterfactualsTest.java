package dev.berth.scheduler.core;

import static dev.berth.scheduler.core.Story.cluster;
import static dev.berth.scheduler.core.Story.gpu;
import static dev.berth.scheduler.core.Story.gpus;
import static dev.berth.scheduler.core.Story.limit;
import static dev.berth.scheduler.core.Story.model;
import static dev.berth.scheduler.core.Story.quota;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Explanation.Change;
import dev.berth.scheduler.core.cycle.Counterfactuals;
import dev.berth.scheduler.core.cycle.Cycle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterfactualsTest {
    @Test
    void fewerWorkersOrGpusStartAGang() {
        List<Change> changes = changes(
                cluster()
                        .node("n1", gpus(8))
                        .queue("a", quota(16))
                        .running("old", "a", gpu(2), "n1", 0, 1)
                        .gang("wants", "a", 2, gpu(4)),
                "wants");

        assertThat(changes).extracting(Change::field).containsExactly("workers", "resources.gpu.devices");
        assertThat(changes).extracting(Change::to).containsExactly("1", "3");
        assertThat(changes.get(0).sentence()).isEqualTo("With 1 worker instead of 2 it starts now.");
    }

    @Test
    void aFractionFitsWhereAWholeGpuDoesNot() {
        List<Change> changes = changes(
                cluster()
                        .node("n1", gpus(1))
                        .queue("a", quota(16))
                        .running("old", "a", Story.part(300), "n1", 0)
                        .gang("wants", "a", 1, gpu(1)),
                "wants");

        assertThat(changes).extracting(Change::field).containsExactly("resources.gpu.fractionMilli");
        assertThat(changes).extracting(Change::to).containsExactly("700");
    }

    @Test
    void anotherModelOrNoSelectorOpensNodes() {
        Story story = cluster()
                .node("n1", model("T4").apply(gpus(2)))
                .node("n2", gpus(2))
                .queue("a", quota(16))
                .gang("models", "a", 1, Story.of(gpu(1), "H100"))
                .gang("labels", "a", 1, Story.on(gpu(1), "zone", "z"));

        assertThat(changes(story, "models")).extracting(Change::to).containsExactly("A100,H100", "H100,T4");
        assertThat(changes(story, "labels")).extracting(Change::field).containsExactly("nodeSelector");
    }

    @Test
    void moreLimitStartsWhatALimitStops() {
        List<Change> changes =
                changes(cluster().node("n1", gpus(8)).queue("a", limit(2, 4)).gang("wants", "a", 3, gpu(2)), "wants");

        assertThat(changes).extracting(Change::field).containsExactly("workers", "limit.a.gpuMilli");
        assertThat(changes).extracting(Change::to).containsExactly("2", "6000");
    }

    @Test
    void moreQuotaOrBeingPreemptibleStartsWhatQuotaStops() {
        List<Change> changes =
                changes(cluster().node("n1", gpus(8)).queue("a", quota(1)).fixed("firm", "a", 1, gpu(2)), "firm");

        assertThat(changes).extracting(Change::field).containsExactly("preemptible", "quota.a.gpuMilli");
        assertThat(changes.get(1).sentence()).isEqualTo("With a quota of 2 GPUs for a it starts now.");
    }

    @Test
    void aChangeThatAnotherAncestorForbidsIsNotNamed() {
        List<Change> changes = changes(
                cluster()
                        .node("n1", gpus(8))
                        .queue("root", limit(1, 1))
                        .queue("a", "root", limit(1, 1))
                        .gang("wants", "a", 1, gpu(2)),
                "wants");

        assertThat(changes).isEmpty();
    }

    @Test
    void anotherPoolMayHaveRoom() {
        List<Change> changes = changes(
                cluster()
                        .node("n1", gpus(1))
                        .nodeIn("other", "n2", gpus(2), Map.of())
                        .queue("a", quota(4))
                        .gang("wants", "a", 1, gpu(2)),
                "wants");

        assertThat(changes).extracting(Change::field).contains("nodePool");
    }

    @Test
    void theCycleAddsThemToAsManyGroupsAsThePolicySays() {
        Snapshot snapshot = cluster()
                .node("n1", gpus(1))
                .queue("a", quota(4))
                .gang("first", "a", 1, gpu(2))
                .gang("second", "a", 1, gpu(3))
                .snapshot();

        CycleReport report = new Cycle().run(snapshot, Policy.STANDARD.withCounterfactuals(1));

        assertThat(report.explanations().get("first").changes()).isNotEmpty();
        assertThat(report.explanations().get("second").changes()).isEmpty();
    }

    private static List<Change> changes(Story story, String group) {
        return new Counterfactuals(new Cycle()).of(story.snapshot(), Policy.STANDARD, group);
    }
}
