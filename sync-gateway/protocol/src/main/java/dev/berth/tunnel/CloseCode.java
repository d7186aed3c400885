package dev.berth.tunnel;

/** Why a tunnel is closed: the WebSocket close codes of berth-tunnel/1. A number is never given another meaning. */
public enum CloseCode {
    NORMAL(1000, Retry.SOON),
    PROTOCOL(4000, Retry.SOON),
    UNAUTHENTICATED(4001, Retry.SLOWLY),
    FENCED(4002, Retry.SOON),
    REVOKED(4003, Retry.SLOWLY),
    DUPLICATE_CLUSTER(4004, Retry.SOON),
    DRAINING(4005, Retry.SOON),
    TOO_LARGE(4006, Retry.SOON),
    WINDOW_VIOLATION(4007, Retry.SOON),
    RATE(4008, Retry.SOON),
    IDLE(4009, Retry.SOON),
    VERSION(4010, Retry.SLOWLY),
    QUARANTINED(4011, Retry.SLOWLY),
    STORE_ROLLBACK(4012, Retry.SOON),
    BUSY(4013, Retry.SOON),
    TENANT_SUSPENDED(4014, Retry.SOON),
    INTERNAL(4099, Retry.SOON);

    /** How eagerly an agent dials again: by its back-off, or every few minutes until somebody has looked. */
    public enum Retry {
        SOON,
        SLOWLY
    }

    private final int number;
    private final Retry retry;

    CloseCode(int number, Retry retry) {
        this.number = number;
        this.retry = retry;
    }

    public int number() {
        return number;
    }

    public Retry retry() {
        return retry;
    }

    /** The code of this number; a number that this version does not know is treated as {@link #INTERNAL}. */
    public static CloseCode of(int number) {
        for (CloseCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return INTERNAL;
    }
}
