package dev.berth.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Thousands of lives of a tunnel: links cut in the middle of anything, agents that lose their memory, stores that are set
 * back. However it went, when the dust settles both sides hold the newest version of every object and nothing else.
 */
class TunnelSimulationTest {
    private static final int LIVES = 150;
    private static final int STEPS = 600;

    @Test
    void bothSidesConvergeWhateverHappens() {
        int cuts = 0;
        int snapshots = 0;
        for (long seed = 1; seed <= LIVES; seed++) {
            SimulatedTunnel tunnel = new SimulatedTunnel(seed);
            try {
                for (int step = 0; step < STEPS; step++) {
                    tunnel.step();
                }
                tunnel.settle();
                tunnel.assertConverged();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
            cuts += tunnel.cuts;
            snapshots += tunnel.snapshots;
        }
        assertThat(cuts).isGreaterThan(LIVES * 5);
        assertThat(snapshots).isGreaterThan(LIVES);
    }
}
