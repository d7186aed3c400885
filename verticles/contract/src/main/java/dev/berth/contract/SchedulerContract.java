package dev.berth.contract;

/** What the scheduler of a cluster tells and answers, keyed by the cluster's name inside its process. */
public final class SchedulerContract {
    /** A cycle ended. */
    public static final Topic<CycleDone> CYCLE_DONE = Topic.of("berth.scheduler.cycle-done", CycleDone.class);

    private SchedulerContract() {}

    /** Counts of one cycle; {@code steps} is its deterministic cost, {@code cycleMicros} its wall time. */
    public record CycleDone(String cluster, long cycle, int bound, int waiting, long steps, long cycleMicros) {}
}
