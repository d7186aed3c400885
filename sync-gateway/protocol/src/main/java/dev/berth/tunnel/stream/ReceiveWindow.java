package dev.berth.tunnel.stream;

import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.ProtocolViolation;

/** The other end of a {@link CreditWindow}: what came and is not dealt with, and what was not returned yet. */
final class ReceiveWindow {
    private final int size;
    private int unread;
    private int unreturned;

    ReceiveWindow(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Takes note of bytes that came; a peer that sends beyond its credit is cut off. */
    void received(int bytes) {
        if (bytes > size - unread - unreturned) {
            throw new ProtocolViolation(
                    CloseCode.WINDOW_VIOLATION, "Expected no bytes on a stream before its credit is returned.");
        }
        unread += bytes;
    }

    /** Bytes are dealt with; the credit to return now, or 0 while it is too little for a frame of its own. */
    int consumed(int bytes) {
        if (bytes > unread) {
            throw new IllegalArgumentException("Expected at most " + unread + " bytes, but got " + bytes + ".");
        }
        unread -= bytes;
        unreturned += bytes;
        if (unreturned < size / 4) {
            return 0;
        }
        int granted = unreturned;
        unreturned = 0;
        return granted;
    }
}
