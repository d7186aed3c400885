package dev.berth.tunnel;

/** What the peer sent is not berth-tunnel/1. Carries the close code; no stack trace, as it is the peer's fault. */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final CloseCode code;

    public ProtocolViolation(CloseCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public CloseCode code() {
        return code;
    }

    public static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(CloseCode.PROTOCOL, detail);
    }

    public static ProtocolViolation tooLarge(String detail) {
        return new ProtocolViolation(CloseCode.TOO_LARGE, detail);
    }
}
