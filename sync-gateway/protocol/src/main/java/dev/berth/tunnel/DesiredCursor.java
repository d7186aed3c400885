package dev.berth.tunnel;

/**
 * How far the desired log is applied in the cluster. A stale cursor costs re-delivery and nothing else; a cursor of
 * another store means nothing.
 *
 * @param storeId of the log that dseq counts in; empty before the first one
 */
public record DesiredCursor(String storeId, long dseq) {
    public static final DesiredCursor NONE = new DesiredCursor("", 0);

    /** The cursor after everything up to this point was applied; never goes back. */
    public DesiredCursor applied(long upTo) {
        return upTo > dseq ? new DesiredCursor(storeId, upTo) : this;
    }

    /** The cursor after a snapshot of the store was applied. */
    public static DesiredCursor snapshot(String storeId, long asOf) {
        return new DesiredCursor(storeId, asOf);
    }
}
