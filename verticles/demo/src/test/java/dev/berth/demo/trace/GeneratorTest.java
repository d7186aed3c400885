package dev.berth.demo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeneratorTest {
    @Test
    void theGeneratedClusterHasThePublishedSize() {
        Trace openb = new Generator(42).openb(8_152);

        assertThat(openb.nodes()).hasSize(1_213);
        assertThat(openb.gpus()).isEqualTo(6_212);
        assertThat(openb.pods()).hasSize(8_152);
    }

    @Test
    void theSameSeedMakesTheSameWork() {
        assertThat(new Generator(7).openb(500)).isEqualTo(new Generator(7).openb(500));
        assertThat(new Generator(7).openb(500)).isNotEqualTo(new Generator(8).openb(500));
    }

    @Test
    void theSmallClusterSeesGangsThatFitIt() {
        Trace borealis = new Generator(42).borealis(600);

        assertThat(borealis.pods()).anyMatch(pod -> pod.workers() > 1);
        assertThat(borealis.pods())
                .allSatisfy(pod -> assertThat(pod.demandMilli()).isLessThanOrEqualTo(borealis.gpus() * 1000L));
    }
}
