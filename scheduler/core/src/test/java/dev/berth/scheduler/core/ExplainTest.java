package dev.berth.scheduler.core;

import static dev.berth.scheduler.core.Story.cluster;
import static dev.berth.scheduler.core.Story.cores;
import static dev.berth.scheduler.core.Story.gpu;
import static dev.berth.scheduler.core.Story.gpus;
import static dev.berth.scheduler.core.Story.limit;
import static dev.berth.scheduler.core.Story.model;
import static dev.berth.scheduler.core.Story.quota;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Explanation;
import dev.berth.model.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
    @Test
    void noFitCountsNodesByModelAndLack() {
        Explanation why = explain(
                cluster()
                        .node("n1", gpus(4))
                        .node("n2", model("H100").apply(gpus(8)))
                        .queue("a", quota(16))
                        .running("old", "a", gpu(3), "n1", 0, 1, 2)
                        .gang("wants", "a", 1, Story.of(gpu(2), "A100")),
                "wants");

        assertThat(why.reason()).isEqualTo(Reason.NO_FIT);
        assertThat(why.sentence())
                .isEqualTo("No node of pool default has 2 GPUs of A100, 1 core, 1 GiB free together.");
        assertThat(why.checks())
                .extracting(Explanation.Check::stage)
                .containsExactly("gate", "limit", "quota", "fairShare", "placement");
        assertThat(why.checks().get(4).detail())
                .isEqualTo("A100: 1 node, 1 lack free GPUs; H100: 1 node, 1 of another model");
    }

    @Test
    void anIncompleteGangSaysHowManyWouldFit() {
        Explanation why = explain(
                cluster()
                        .node("n1", gpus(8))
                        .queue("a", quota(16))
                        .running("old", "a", gpu(4), "n1", 0, 1, 2, 3)
                        .gang("wants", "a", 2, gpu(3)),
                "wants");

        assertThat(why.reason()).isEqualTo(Reason.GANG_INCOMPLETE);
        assertThat(why.sentence()).startsWith("1 of 2 pods would find a node now");
    }

    @Test
    void limitsAndQuotasNameTheQueueThatIsFull() {
        Story story = cluster()
                .node("n1", gpus(8))
                .queue("research", limit(2, 4))
                .queue("vision", "research", quota(2))
                .running("old", "vision", gpu(2), "n1", 0, 1)
                .gang("big", "vision", 1, gpu(3))
                .fixed("firm", "vision", 1, gpu(3));

        Explanation big = explain(story, "big");
        Explanation firm = explain(story, "firm");

        assertThat(big.reason()).isEqualTo(Reason.OVER_LIMIT);
        assertThat(big.sentence())
                .isEqualTo("research holds 2 GPUs; with 3 GPUs more it would have more than its limit of 4 GPUs.");
        assertThat(firm.reason()).isEqualTo(Reason.OVER_QUOTA);
        assertThat(firm.sentence())
                .contains("vision holds 0 GPUs that nobody may take")
                .contains("quota of 2 GPUs");
    }

    @Test
    void neverFitsWhenNoEmptyNodeCouldHoldAPod() {
        Story story = cluster()
                .node("n1", gpus(8))
                .node("n2", gpus(8))
                .queue("a", quota(16))
                .queue("small", limit(1, 2))
                .gang("wide", "a", 1, gpu(9))
                .gang("long", "a", 5, gpu(4))
                .gang("capped", "small", 1, gpu(3))
                .gang("cpu", "a", 1, cores(65))
                .gang("fine", "a", 4, gpu(4));

        assertThat(explain(story, "wide").sentence())
                .startsWith("No node of pool default could hold a pod with 9 GPUs");
        assertThat(explain(story, "long").sentence())
                .isEqualTo("Pool default could hold 4 such pods when empty, but 5 must start together.");
        assertThat(explain(story, "capped").sentence())
                .isEqualTo("It asks for 3 GPUs, but the limit of small is 2 GPUs.");
        assertThat(List.of("wide", "long", "capped", "cpu"))
                .allSatisfy(name -> assertThat(explain(story, name).reason()).isEqualTo(Reason.NEVER_FITS));
    }

    @Test
    void whoCameLateIsToldThatOthersTookTheRoom() {
        Explanation why = explain(
                cluster()
                        .node("n1", gpus(4))
                        .queue("a", quota(0))
                        .queue("b", quota(4))
                        .gang("late", "a", 1, gpu(2))
                        .gang("first", "b", 1, gpu(4)),
                "late");

        assertThat(why.reason()).isEqualTo(Reason.BEHIND_FAIR_SHARE);
        assertThat(why.sentence()).contains("a holds 0 GPUs, its fair share is 0 GPUs");
    }

    @Test
    void unknownProjectsMissingPodsAndEmptyPoolsHaveTheirWords() {
        Story story = cluster()
                .queue("a", quota(4))
                .gang("lost", "nobody", 1, gpu(1))
                .gang("early", "a", 1, gpu(1))
                .group(new Group("half", "half", "a", "default", 3, 50, true, 9), 2, gpu(1));

        assertThat(explain(story, "lost").reason()).isEqualTo(Reason.PROJECT_MISSING);
        assertThat(explain(story, "early").sentence()).isEqualTo("Pool default has no nodes.");
        assertThat(explain(story, "half").sentence()).isEqualTo("2 of 3 pods exist; it starts when all do.");
    }

    @Test
    void positionsCountInTheOrderOfTheTurns() {
        CycleReport report = cluster()
                .node("n1", gpus(1))
                .queue("a", quota(4))
                .gang("second", "a", 1, gpu(2))
                .fixed("first", "a", 1, gpu(2))
                .run();

        assertThat(report.explanations().get("first").position()).isEqualTo(1);
        assertThat(report.explanations().get("second").position()).isEqualTo(2);
        assertThat(report.explanations().get("second").waiting()).isEqualTo(2);
    }

    private static Explanation explain(Story story, String group) {
        Explanation why = story.run().explanations().get(group);
        assertThat(why).as(group).isNotNull();
        return why;
    }
}
