package dev.berth.tunnel;

/** When to ping, and when to give the peer up. Any frame counts as a sign of life. */
final class Liveness {
    enum Verdict {
        QUIET,
        PING,
        DEAD
    }

    private final long pingMillis;
    private final long deadMillis;
    private long heardAt;
    private long sentAt;

    /** @param pingMillis this connection's own interval; spread over connections, so that they do not ping as one */
    Liveness(long nowMillis, long pingMillis, long deadMillis) {
        this.heardAt = nowMillis;
        this.sentAt = nowMillis;
        this.pingMillis = pingMillis;
        this.deadMillis = deadMillis;
    }

    void heard(long nowMillis) {
        heardAt = nowMillis;
    }

    Verdict check(long nowMillis) {
        if (nowMillis - heardAt > deadMillis) {
            return Verdict.DEAD;
        }
        if (nowMillis - sentAt < pingMillis) {
            return Verdict.QUIET;
        }
        sentAt = nowMillis;
        return Verdict.PING;
    }
}
