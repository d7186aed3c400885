package dev.berth.tunnel;

/** What this end may still send on a stream, in bytes. A frame goes while anything is left, so large ones never starve. */
public final class Credit {
    private long left;

    public Credit(long window) {
        this.left = window;
    }

    public boolean left() {
        return left > 0;
    }

    void spend(int bytes) {
        left -= bytes;
    }

    void grant(long bytes) {
        left += bytes;
    }
}
