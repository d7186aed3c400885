package dev.berth.tunnel;

/**
 * What the peer may still send to this end on a stream, in bytes. Credit goes back only when what came is dealt with
 * (observed: committed; desired: written), so that a slow store slows its senders instead of filling memory.
 */
public final class Allowance {
    private final int stream;
    private final int window;
    private long outstanding;
    private long returnable;

    Allowance(int stream, int window) {
        this.stream = stream;
        this.window = window;
    }

    /** Takes note of a frame; a peer that sends beyond its credit is cut off. */
    void received(int bytes) {
        if (outstanding >= window) {
            throw new ProtocolViolation(
                    CloseCode.WINDOW_VIOLATION,
                    "Expected nothing on stream " + stream + " before its credit is returned.");
        }
        outstanding += bytes;
    }

    /** The bytes to return to the peer now, or 0 while it is too little for a frame of its own. */
    int dealtWith(long bytes) {
        returnable += bytes;
        if (returnable < window / 4) {
            return 0;
        }
        int granted = (int) returnable;
        outstanding -= returnable;
        returnable = 0;
        return granted;
    }
}
