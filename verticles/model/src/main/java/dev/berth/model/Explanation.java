package dev.berth.model;

import java.util.List;

/**
 * Why a workload waits, in one structured answer: the stage that blocks, the numbers, the place in the queue, and the
 * smallest changes that would start it now. Every change was checked by running the scheduler on the changed snapshot.
 *
 * @param reason the stage's stable word
 * @param sentence one sentence for a person, with the numbers
 * @param checks each stage that was asked, in order, with its verdict
 * @param position place among the waiting workloads of the pool, from 1; 0 when unknown
 * @param waiting how many wait in the pool
 * @param changes smallest changes first; empty when none was found within the bounds of the search
 */
public record Explanation(
        Reason reason, String sentence, List<Check> checks, int position, int waiting, List<Change> changes) {
    public Explanation {
        checks = List.copyOf(checks);
        changes = List.copyOf(changes);
    }

    /** One stage's verdict: what was needed, what there was. */
    public record Check(String stage, boolean passed, String detail) {}

    /**
     * A change that was verified to start the workload.
     *
     * @param field what to change, such as {@code workers} or {@code quota.vision.gpuMilli}
     * @param from the value now
     * @param to the value that starts it
     * @param sentence the change as a person would say it
     */
    public record Change(String field, String from, String to, String sentence) {}
}
