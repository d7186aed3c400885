package dev.berth.tunnel;

import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.SnapBegin;
import dev.berth.tunnel.v1.SnapEnd;
import dev.berth.tunnel.v1.SnapPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one connection is in its cluster's desired log: which page to read next, which frames wait for credit. At most one
 * page is read ahead. A snapshot pages through the live objects and then goes on from where it began, so that what changed
 * meanwhile is sent again rather than missed.
 */
final class DesiredOutflow {
    private final Credit credit = new Credit(Limits.DESIRED_WINDOW_BYTES);
    private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
    private long head;
    private long sent;
    private long acked;
    private boolean reading;
    private long headAtRead;
    private boolean snapshotting;
    private long asOf;
    private long count;
    private int pages;

    void begin(Admission admission, long from) {
        head = admission.head();
        snapshotting = admission.desiredSnapshot();
        sent = snapshotting ? 0 : from;
        acked = sent;
        if (snapshotting) {
            asOf = head;
            waiting.add(new Frame(
                    FrameType.SNAP_BEGIN,
                    Stream.DESIRED,
                    asOf,
                    SnapBegin.newBuilder().setAsOf(asOf).build()));
        }
    }

    /** The log has entries up to here. */
    void grew(long newHead) {
        head = Math.max(head, newHead);
    }

    /** What to read next, or null when there is nothing or enough is on its way. */
    GatewayEffect.@Nullable ReadDesired next() {
        if (reading || !waiting.isEmpty() || !(snapshotting || sent < head)) {
            return null;
        }
        reading = true;
        headAtRead = head;
        return new GatewayEffect.ReadDesired(sent, snapshotting);
    }

    /** The page after {@code sent}; empty: there was no more. */
    void read(List<Item> items) {
        reading = false;
        for (List<Item> part : parts(items)) {
            waiting.add(frame(part));
        }
        count += items.size();
        if (!items.isEmpty()) {
            sent = items.get(items.size() - 1).getSeq();
            // A page may hold what was appended since the head was last told.
            head = Math.max(head, sent);
        } else if (!snapshotting) {
            sent = Math.max(sent, headAtRead);
        } else {
            SnapEnd end = SnapEnd.newBuilder().setAsOf(asOf).setCount(count).build();
            waiting.add(new Frame(FrameType.SNAP_END, Stream.DESIRED, asOf, end));
            snapshotting = false;
            sent = asOf;
        }
    }

    private Frame frame(List<Item> items) {
        long upTo = items.get(items.size() - 1).getSeq();
        return snapshotting
                ? new Frame(
                        FrameType.SNAP_PAGE,
                        Stream.DESIRED,
                        0,
                        SnapPage.newBuilder()
                                .setPage(pages++)
                                .addAllItems(items)
                                .build())
                : new Frame(
                        FrameType.DELTA,
                        Stream.DESIRED,
                        upTo,
                        Delta.newBuilder().addAllItems(items).build());
    }

    private static List<List<Item>> parts(List<Item> items) {
        List<List<Item>> parts = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            int size = items.get(i).getSerializedSize() + 8;
            if (i > from && bytes + size > Limits.BATCH_BYTES) {
                parts.add(items.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (from < items.size()) {
            parts.add(items.subList(from, items.size()));
        }
        return parts;
    }

    /** The next frame that credit allows, or null. */
    @Nullable
    Frame pull() {
        if (waiting.isEmpty() || !credit.left()) {
            return null;
        }
        Frame frame = waiting.remove();
        credit.spend(frame.size());
        return frame;
    }

    void grant(long bytes) {
        credit.grant(bytes);
    }

    void acked(long dseq) {
        if (dseq > Math.max(head, asOf)) {
            throw ProtocolViolation.malformed("Expected an ACK of something that was sent.");
        }
        acked = Math.max(acked, dseq);
    }

    /** Entries that the cluster has not confirmed. */
    long lag() {
        return Math.max(0, head - acked);
    }
}
