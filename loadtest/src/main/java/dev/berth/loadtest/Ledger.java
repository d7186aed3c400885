package dev.berth.loadtest;

import dev.berth.tunnel.DirtySet;
import dev.berth.tunnel.ObjectRef;
import dev.berth.tunnel.v1.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which reports of one agent are on their way. A report is a new state of a workload; it is over when that state, or a newer
 * one of the same workload, is acknowledged.
 */
final class Ledger {
    /** What is told of one workload. */
    private static final class Entry {
        final ObjectRef object;
        final List<Long> waiting = new ArrayList<>();
        long number;
        long acknowledged;

        Entry(ObjectRef object) {
            this.object = object;
        }
    }

    /** A state that was sent, and the due times of the reports that it carries. */
    private record UnderWay(long oseq, Entry entry, long number, List<Long> due) {}

    private final DirtySet dirty;
    private final LatencyBook latencies;
    private final Map<String, Entry> entries = new HashMap<>();
    private final List<Entry> inOrder = new ArrayList<>();
    private final ArrayDeque<UnderWay> underWay = new ArrayDeque<>();
    private long open;

    Ledger(DirtySet dirty, LatencyBook latencies) {
        this.dirty = dirty;
        this.latencies = latencies;
    }

    /** The agent knows this object from now on, and tells of it once without being asked. */
    void add(ObjectRef object) {
        if (!entries.containsKey(object.uid())) {
            Entry entry = new Entry(object);
            entries.put(object.uid(), entry);
            inOrder.add(entry);
            dirty.changed(object, body(entry));
        }
    }

    int objects() {
        return inOrder.size();
    }

    /** A new state of one of the objects; {@code turn} says of which. */
    void report(long turn, long dueNanos) {
        Entry entry = inOrder.get((int) (turn % inOrder.size()));
        entry.number++;
        entry.waiting.add(dueNanos);
        open++;
        dirty.changed(entry.object, body(entry));
    }

    /** These states go out now. */
    void sent(List<Item> items) {
        for (Item item : items) {
            Entry entry = entries.get(item.getUid());
            if (entry != null) {
                underWay.add(new UnderWay(item.getSeq(), entry, entry.number, List.copyOf(entry.waiting)));
                entry.waiting.clear();
            }
        }
    }

    /** Everything up to this number is committed. */
    void acknowledged(long oseq, long nowNanos) {
        for (UnderWay next = underWay.peek(); next != null && next.oseq <= oseq; next = underWay.peek()) {
            underWay.remove();
            next.entry.acknowledged = Math.max(next.entry.acknowledged, next.number);
            open -= next.due.size();
            next.due.forEach(due -> latencies.record(nowNanos - due));
        }
    }

    /** A new session: what is not acknowledged will be sent once more. */
    void resumed() {
        underWay.forEach(lost -> lost.entry.waiting.addAll(lost.due));
        underWay.clear();
    }

    /** The memory was emptied: everything is told anew. */
    void relist() {
        resumed();
        inOrder.forEach(entry -> dirty.changed(entry.object, body(entry)));
    }

    /** Reports that are not acknowledged. */
    long open() {
        return open;
    }

    /** States that were acknowledged and are newer than those in the store. */
    long missing(Map<String, Long> stored) {
        return inOrder.stream()
                .mapToLong(entry -> Math.max(0, entry.acknowledged - stored.getOrDefault(entry.object.uid(), 0L)))
                .sum();
    }

    /** A status of the size that a workload's with one pod has. */
    private static byte[] body(Entry entry) {
        String uid = entry.object.uid();
        return ("{\"id\":\"" + uid + "\",\"name\":\"" + uid
                        + "\",\"namespace\":\"berth-p-load\",\"status\":{\"phase\":\""
                        + (entry.number == 0 ? "Queued" : "Running") + "\",\"message\":\"" + entry.number
                        + "\",\"pods\":[{\"name\":\"" + uid
                        + "-0\",\"node\":\"node-1\",\"gpus\":[0],\"gpuMilli\":1000,\"phase\":\"Running\"}]}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
