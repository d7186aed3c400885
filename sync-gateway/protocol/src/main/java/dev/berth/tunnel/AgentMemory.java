package dev.berth.tunnel;

/** What an agent keeps from one connection to the next. Not thread-safe: it belongs to one context. */
public final class AgentMemory {
    private final String incarnation;
    private final DirtySet dirty = new DirtySet();
    private DesiredCursor cursor;
    private long lastEpoch;
    private boolean listed;

    /** @param incarnation random; a memory that starts empty never has the name of an earlier one */
    public AgentMemory(String incarnation, DesiredCursor cursor) {
        this.incarnation = incarnation;
        this.cursor = cursor;
    }

    public DirtySet dirty() {
        return dirty;
    }

    public DesiredCursor cursor() {
        return cursor;
    }

    public String incarnation() {
        return incarnation;
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

    void forget() {
        dirty.forget();
        listed = false;
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
