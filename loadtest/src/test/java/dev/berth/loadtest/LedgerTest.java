package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tunnel.DirtySet;
import dev.berth.tunnel.ObjectRef;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every report is counted once, from the time at which it was due. */
class LedgerTest {
    private final DirtySet dirty = new DirtySet();
    private final LatencyBook latencies = new LatencyBook();
    private final Ledger ledger = new Ledger(dirty, latencies);

    @BeforeEach
    void aWorkloadThatTheStoreKnows() {
        ledger.add(new ObjectRef("Workload", "w"));
        ledger.sent(dirty.take());
        acknowledge(1, 0);
    }

    @Test
    void aReportThatWaitedToBeSentIsNoFasterForIt() {
        ledger.report(0, 1_000_000);
        ledger.sent(dirty.take());
        acknowledge(2, 41_000_000);
        assertThat(latencies.count()).isEqualTo(1);
        assertThat(latencies.percentiles().max()).isBetween(39.9, 40.1);
    }

    @Test
    void reportsThatOneStateCarriesAreAllAcknowledgedByIt() {
        ledger.report(0, 0);
        ledger.report(0, 0);
        ledger.report(0, 0);
        assertThat(ledger.open()).isEqualTo(3);
        ledger.sent(dirty.take());
        acknowledge(2, 1_000_000);
        assertThat(ledger.open()).isZero();
        assertThat(latencies.count()).isEqualTo(3);
    }

    @Test
    void whatWasUnderWayWhenTheTunnelBrokeIsOpenUntilItIsSentAgain() {
        ledger.report(0, 0);
        ledger.sent(dirty.take());
        dirty.resume(1, 1);
        ledger.resumed();
        assertThat(ledger.open()).isEqualTo(1);
        ledger.sent(dirty.take());
        acknowledge(dirty.lastOseq(), 5_000_000);
        assertThat(ledger.open()).isZero();
        assertThat(latencies.count()).isEqualTo(1);
    }

    @Test
    void aStoreThatHasLessThanItAcknowledgedLostTheDifference() {
        for (int i = 0; i < 3; i++) {
            ledger.report(0, 0);
            ledger.sent(dirty.take());
            acknowledge(dirty.lastOseq(), 1_000_000);
        }
        assertThat(ledger.missing(Map.of("w", 3L))).isZero();
        assertThat(ledger.missing(Map.of("w", 1L))).isEqualTo(2);
        assertThat(ledger.missing(Map.of())).isEqualTo(3);
    }

    private void acknowledge(long oseq, long nowNanos) {
        dirty.acked(oseq);
        ledger.acknowledged(oseq, nowNanos);
    }
}
