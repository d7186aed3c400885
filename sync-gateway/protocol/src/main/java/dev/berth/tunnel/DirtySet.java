package dev.berth.tunnel;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.berth.tunnel.v1.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane does not know yet of the cluster: the newest version of each object, not a list of events. While
 * a version is under way, newer ones replace each other behind it, so an object costs at most two bodies however long the
 * tunnel is down. An oseq is given when a version is sent; a version that was never acknowledged is sent again under a new
 * one.
 *
 * <p>Objects whose last acknowledged version is a deletion are forgotten. Not thread-safe.
 */
public final class DirtySet {
    /** A body, or a deletion. */
    private record Version(byte[] body, ByteString hash, boolean deleted) {}

    private static final class Entry {
        @Nullable
        Version waiting;

        @Nullable
        Version underWay;

        long oseq;
        /** Of the last version that was acknowledged; null: the control plane knows of none. */
        @Nullable
        ByteString known;
        /** Whether some version went out in this incarnation. */
        boolean sent;
    }

    private final Map<ObjectRef, Entry> entries = new HashMap<>();
    private final ArrayDeque<ObjectRef> queue = new ArrayDeque<>();
    private final ArrayDeque<ObjectRef> underWay = new ArrayDeque<>();
    private long lastOseq;
    private long ackedOseq;
    private int neverSent;

    /** The object has this body now. Returns whether that is news. */
    public boolean changed(ObjectRef object, byte[] body) {
        byte[] hash = Digests.bodyHash(body);
        return offer(object, new Version(body, UnsafeByteOperations.unsafeWrap(hash), false));
    }

    /** The object is gone. Returns whether that is news. */
    public boolean deleted(ObjectRef object) {
        return entries.containsKey(object) && offer(object, new Version(new byte[0], ByteString.EMPTY, true));
    }

    /** These are all objects of a kind; others of it that are known are gone. Returns whether that is news. */
    public boolean retain(String kind, Set<String> uids) {
        List<ObjectRef> gone = entries.keySet().stream()
                .filter(ref -> ref.kind().equals(kind) && !uids.contains(ref.uid()))
                .toList();
        boolean news = false;
        for (ObjectRef ref : gone) {
            news |= deleted(ref);
        }
        return news;
    }

    private boolean offer(ObjectRef object, Version version) {
        Entry entry = entries.get(object);
        if (entry == null) {
            entry = new Entry();
            entries.put(object, entry);
            neverSent++;
        }
        ByteString newest =
                entry.waiting != null ? entry.waiting.hash : entry.underWay != null ? entry.underWay.hash : entry.known;
        if (version.hash.equals(newest)) {
            return false;
        }
        boolean queued = entry.waiting != null || entry.underWay != null;
        entry.waiting = version;
        if (!queued) {
            queue.add(object);
        }
        return true;
    }

    /** Whether something waits that may be sent now. */
    public boolean sendable() {
        return !queue.isEmpty();
    }

    /** Takes the next versions to send, oldest first, up to about a frame full. */
    public List<Item> take() {
        List<Item> items = new ArrayList<>();
        int bytes = 0;
        while (items.size() < Limits.BATCH_ITEMS && bytes < Limits.BATCH_BYTES) {
            ObjectRef next = queue.peek();
            if (next == null || (!items.isEmpty() && bytes + weight(next) > Limits.BATCH_BYTES)) {
                break;
            }
            queue.remove();
            bytes += weight(next);
            items.add(send(next));
        }
        return items;
    }

    private int weight(ObjectRef ref) {
        Version waiting = entry(ref).waiting;
        return 64 + ref.kind().length() + ref.uid().length() + (waiting == null ? 0 : waiting.body.length);
    }

    private Entry entry(ObjectRef ref) {
        Entry entry = entries.get(ref);
        if (entry == null) {
            throw new IllegalStateException("Expected " + ref + " to be known while it is queued or under way.");
        }
        return entry;
    }

    private Item send(ObjectRef ref) {
        Entry entry = entry(ref);
        Version version = entry.waiting;
        if (version == null) {
            throw new IllegalStateException("Expected a version of " + ref + " to be waiting.");
        }
        entry.underWay = version;
        entry.waiting = null;
        entry.oseq = ++lastOseq;
        if (!entry.sent) {
            entry.sent = true;
            neverSent--;
        }
        underWay.add(ref);
        return Item.newBuilder()
                .setKind(ref.kind())
                .setUid(ref.uid())
                .setSeq(entry.oseq)
                .setHash(version.hash)
                .setBody(UnsafeByteOperations.unsafeWrap(version.body))
                .setDeleted(version.deleted)
                .build();
    }

    /** Everything up to this oseq is committed. */
    public void acked(long oseq) {
        ackedOseq = Math.max(ackedOseq, oseq);
        for (ObjectRef next = underWay.peek(); next != null; next = underWay.peek()) {
            Entry entry = entry(next);
            if (entry.oseq > oseq) {
                break;
            }
            underWay.remove();
            settle(next, entry);
        }
    }

    private void settle(ObjectRef ref, Entry entry) {
        Version settled = entry.underWay;
        entry.underWay = null;
        entry.known = settled == null || settled.deleted ? null : settled.hash;
        if (entry.waiting != null) {
            queue.add(ref);
        } else if (settled != null && settled.deleted) {
            entries.remove(ref);
        }
    }

    /**
     * A new session begins. Everything of this incarnation up to {@code committed} is known; the rest of what was under way
     * waits again, unless something newer does. Numbers go on above {@code base}, the highest that the store ever saw.
     */
    public void resume(long committed, long base) {
        acked(committed);
        List<ObjectRef> unsettled = new ArrayList<>(underWay);
        underWay.clear();
        for (int i = unsettled.size() - 1; i >= 0; i--) {
            ObjectRef ref = unsettled.get(i);
            Entry entry = entry(ref);
            if (entry.waiting == null) {
                entry.waiting = entry.underWay;
            }
            entry.underWay = null;
            queue.addFirst(ref);
            if (entry.known == null && entry.sent) {
                entry.sent = false;
                neverSent++;
            }
        }
        lastOseq = Math.max(lastOseq, base);
    }

    /** The store lost what it had acknowledged: begin again from nothing; the watches must list once more. */
    public void forget() {
        entries.clear();
        queue.clear();
        underWay.clear();
        neverSent = 0;
        ackedOseq = 0;
    }

    /** Whether every object was sent at least once in this incarnation, so that a snapshot may end. */
    public boolean allSent() {
        return neverSent == 0;
    }

    /** Whether nothing waits and nothing is under way. */
    public boolean settled() {
        return queue.isEmpty() && underWay.isEmpty();
    }

    public long lastOseq() {
        return lastOseq;
    }

    public long ackedOseq() {
        return ackedOseq;
    }

    public int size() {
        return entries.size();
    }

    /** Objects with a version that waits or is under way. */
    public int unsettled() {
        return queue.size() + underWay.size();
    }

    /** Objects that are known, for tests and drift checks. */
    Collection<ObjectRef> objects() {
        return entries.keySet();
    }
}
