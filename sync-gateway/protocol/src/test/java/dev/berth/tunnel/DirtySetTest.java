package dev.berth.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tunnel.v1.Item;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirtySetTest {
    private static final ObjectRef A = new ObjectRef("Workload", "a");
    private static final ObjectRef B = new ObjectRef("Workload", "b");
    private final DirtySet dirty = new DirtySet();

    @Test
    void theNewestVersionWins() {
        change(A, "1");
        change(A, "2");
        assertThat(texts(dirty.take())).containsExactly("a@1=2");
        assertThat(dirty.sendable()).isFalse();
    }

    @Test
    void oneVersionIsUnderWayAndOneWaitsBehindIt() {
        change(A, "1");
        dirty.take();
        change(A, "2");
        change(A, "3");
        change(B, "1");
        assertThat(texts(dirty.take())).containsExactly("b@2=1");
        dirty.acked(1);
        assertThat(texts(dirty.take())).containsExactly("a@3=3");
    }

    @Test
    void whatIsKnownIsNotNews() {
        assertThat(change(A, "1")).isTrue();
        assertThat(change(A, "1")).isFalse();
        dirty.take();
        assertThat(change(A, "1")).isFalse();
        dirty.acked(1);
        assertThat(change(A, "1")).isFalse();
        assertThat(dirty.sendable()).isFalse();
        assertThat(dirty.deleted(B)).isFalse();
    }

    @Test
    void aDeletionIsForgottenOnceItIsKnown() {
        change(A, "1");
        dirty.take();
        dirty.acked(1);
        dirty.deleted(A);
        assertThat(texts(dirty.take())).containsExactly("a@2=gone");
        assertThat(dirty.size()).isEqualTo(1);
        dirty.acked(2);
        assertThat(dirty.size()).isZero();
        assertThat(change(A, "1")).isTrue();
    }

    @Test
    void whatAListDoesNotNameIsGone() {
        change(A, "1");
        change(B, "1");
        dirty.take();
        dirty.acked(2);
        assertThat(dirty.retain("Workload", Set.of("b"))).isTrue();
        assertThat(dirty.retain("Node", Set.of())).isFalse();
        assertThat(texts(dirty.take())).containsExactly("a@3=gone");
    }

    @Test
    void afterABreakWhatWasNotCommittedGoesAgainUnderNewNumbers() {
        change(A, "1");
        change(B, "1");
        dirty.take();
        change(A, "2");
        dirty.resume(0, 0);
        assertThat(texts(dirty.take())).containsExactly("a@3=2", "b@4=1");
    }

    @Test
    void afterABreakWhatWasCommittedDoesNotGoAgain() {
        change(A, "1");
        change(B, "1");
        dirty.take();
        dirty.resume(1, 1);
        assertThat(texts(dirty.take())).containsExactly("b@3=1");
    }

    @Test
    void numbersGoOnAboveWhatTheStoreEverSaw() {
        change(A, "1");
        dirty.resume(0, 100);
        assertThat(texts(dirty.take())).containsExactly("a@101=1");
    }

    @Test
    void aSnapshotMayEndWhenEachObjectWasSentInThisSession() {
        change(A, "1");
        assertThat(dirty.allSent()).isFalse();
        dirty.take();
        assertThat(dirty.allSent()).isTrue();
        dirty.resume(0, 0);
        assertThat(dirty.allSent()).isFalse();
        dirty.take();
        dirty.acked(2);
        change(A, "2");
        assertThat(dirty.allSent()).isTrue();
    }

    @Test
    void aBatchIsBoundedInItemsAndBytes() {
        for (int i = 0; i < 1000; i++) {
            change(new ObjectRef("Node", "n" + i), "1");
        }
        assertThat(dirty.take()).hasSize(Limits.BATCH_ITEMS);
        DirtySet large = new DirtySet();
        for (int i = 0; i < 5; i++) {
            large.changed(new ObjectRef("Node", "n" + i), new byte[25_000]);
        }
        assertThat(large.take()).hasSize(2);
        DirtySet huge = new DirtySet();
        huge.changed(A, new byte[200_000]);
        huge.changed(B, new byte[1]);
        assertThat(huge.take()).hasSize(1);
    }

    private boolean change(ObjectRef ref, String body) {
        return dirty.changed(ref, body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(List<Item> items) {
        return items.stream()
                .map(item -> item.getUid() + "@" + item.getSeq() + "="
                        + (item.getDeleted() ? "gone" : item.getBody().toStringUtf8()))
                .toList();
    }
}
