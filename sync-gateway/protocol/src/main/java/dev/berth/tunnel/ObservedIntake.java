package dev.berth.tunnel;

import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.SnapEnd;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks what comes up the observed stream before anything of it is stored. One for each connection. */
final class ObservedIntake {
    private static final int KINDS = 64;
    private static final int KIND_CHARS = 63;

    private final Allowance allowance = new Allowance(Stream.OBSERVED, Limits.OBSERVED_WINDOW_BYTES);
    private final Set<String> kinds = new HashSet<>();
    private long lastOseq;
    private boolean snapshot;

    /** Numbers of this session begin above this. */
    void begin(long base) {
        lastOseq = base;
    }

    void snapBegin(Frame frame) {
        allowance.received(frame.size());
        if (snapshot) {
            throw ProtocolViolation.malformed("Expected one snapshot at a time.");
        }
        snapshot = true;
    }

    ObservedBatch snapEnd(Frame frame) {
        allowance.received(frame.size());
        long asOf = frame.body(SnapEnd.class).getAsOf();
        if (!snapshot || asOf < lastOseq) {
            throw ProtocolViolation.malformed("Expected SNAP_END after its pages.");
        }
        snapshot = false;
        lastOseq = asOf;
        return new ObservedBatch(List.of(), lastOseq, frame.size(), true);
    }

    ObservedBatch items(Frame frame, List<Item> items) {
        if (snapshot != (frame.type() == FrameType.SNAP_PAGE)) {
            throw ProtocolViolation.malformed("Expected SNAP_PAGE inside of a snapshot and DELTA outside.");
        }
        if (items.isEmpty() || items.size() > Limits.BATCH_ITEMS) {
            throw ProtocolViolation.malformed("Expected 1 to " + Limits.BATCH_ITEMS + " items in a frame.");
        }
        allowance.received(frame.size());
        for (Item item : items) {
            check(item);
        }
        if (frame.seq() != lastOseq) {
            throw ProtocolViolation.malformed("Expected the frame's number to be its last item's.");
        }
        return new ObservedBatch(items, lastOseq, frame.size(), false);
    }

    private void check(Item item) {
        if (item.getSeq() <= lastOseq) {
            throw ProtocolViolation.malformed(
                    "Expected an oseq above " + lastOseq + ", but got " + item.getSeq() + ".");
        }
        lastOseq = item.getSeq();
        if (!sound(item.getKind(), KIND_CHARS) || !sound(item.getUid(), Limits.ID_BYTES)) {
            throw ProtocolViolation.malformed("Expected printable ids of at most " + Limits.ID_BYTES + " characters.");
        }
        if (kinds.add(item.getKind()) && kinds.size() > KINDS) {
            throw ProtocolViolation.malformed("Expected at most " + KINDS + " kinds.");
        }
        if (item.getBody().size() > Limits.BODY_BYTES) {
            throw ProtocolViolation.tooLarge("Expected a body of at most " + Limits.BODY_BYTES + " bytes.");
        }
        byte[] body = item.getBody().toByteArray();
        if (!item.getDeleted() && !Arrays.equals(item.getHash().toByteArray(), Digests.bodyHash(body))) {
            throw ProtocolViolation.malformed("Expected the hash of the body.");
        }
    }

    private static boolean sound(String id, int most) {
        return !id.isEmpty() && id.length() <= most && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** The credit to return now, or 0. */
    int committed(ObservedBatch batch) {
        return allowance.dealtWith(batch.bytes());
    }
}
