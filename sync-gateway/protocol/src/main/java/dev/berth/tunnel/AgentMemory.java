package dev.berth.tunnel;

/** What an agent keeps from one connection to the next. Not thread-safe: it belongs to one context. */
public final class AgentMemory {
    private final String firstIncarnation;
    private int forgotten;
    private final DirtySet dirty = new DirtySet();
    private DesiredCursor cursor;
    private long lastEpoch;
    private boolean listed;

    /** @param incarnation random; a memory that starts empty never has the name of an earlier one */
    public AgentMemory(String incarnation, DesiredCursor cursor) {
        this.firstIncarnation = incarnation;
        this.cursor = cursor;
    }

    public DirtySet dirty() {
        return dirty;
    }

    public DesiredCursor cursor() {
        return cursor;
    }

    public String incarnation() {
        return forgotten == 0 ? firstIncarnation : firstIncarnation + "." + forgotten;
    }

    public long lastEpoch() {
        return lastEpoch;
    }

    void welcomed(long epoch) {
        lastEpoch = epoch;
    }

    /** Every watch has told all there is: what the dirty set does not hold does not exist. */
    public void listed() {
        listed = true;
    }

    boolean snapshotMayEnd() {
        return listed && dirty.allSent();
    }

    /**
     * Begins a new life, so that the store asks for a whole snapshot until it has one; the old name could be taken to know
     * more than it does.
     */
    void forget() {
        dirty.forget();
        listed = false;
        forgotten++;
    }

    /** The batch is written to the cluster. While a snapshot is incomplete no cursor is valid. */
    public void applied(DesiredBatch batch) {
        switch (batch.part()) {
            case SNAP_BEGIN -> cursor = DesiredCursor.NONE;
            case SNAP_PAGE -> {}
            case SNAP_END -> cursor = DesiredCursor.snapshot(batch.storeId(), batch.upTo());
            case DELTA -> {
                if (batch.storeId().equals(cursor.storeId())) {
                    cursor = cursor.applied(batch.upTo());
                }
            }
        }
    }
}
