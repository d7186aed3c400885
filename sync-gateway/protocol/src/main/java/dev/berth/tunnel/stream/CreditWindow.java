package dev.berth.tunnel.stream;

import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.ProtocolViolation;

/** What one direction of a stream may still send, in bytes. Never less than nothing, never more than the window. */
final class CreditWindow {
    private final int size;
    private int left;

    CreditWindow(int size) {
        this.size = size;
        this.left = size;
    }

    int left() {
        return left;
    }

    void spend(int bytes) {
        if (bytes > left) {
            throw new IllegalArgumentException("Expected at most " + left + " bytes, but got " + bytes + ".");
        }
        left -= bytes;
    }

    /** The peer has dealt with so many bytes; one that returns more than it got is cut off. */
    void grant(int bytes) {
        if (bytes <= 0 || bytes > size - left) {
            throw new ProtocolViolation(
                    CloseCode.WINDOW_VIOLATION, "Expected credit for bytes that were sent, and for no others.");
        }
        left += bytes;
    }
}
