package dev.berth.tunnel.stream;

/** Every bound of byte streams, once. */
public final class StreamLimits {
    /** Bytes of one DATA frame: 10 ms at 12 Mbit/s, so that what is urgent never waits long behind it. */
    public static final int CHUNK_BYTES = 16 * 1024;
    /** Most bytes of one direction of one stream that may be under way or unread. */
    public static final int WINDOW_BYTES = 256 * 1024;
    /** The least window; with less left of the session's budget no stream is opened. */
    public static final int LEAST_WINDOW_BYTES = 8 * 1024;
    /** All windows that one end of a session has given. */
    public static final int SESSION_BYTES = 4 * 1024 * 1024;
    /** Open streams of one session. */
    public static final int STREAMS = 256;
    /** What a stream holds before whoever fills it is told to wait. */
    public static final int QUEUE_BYTES = 64 * 1024;

    public static final long IDLE_MILLIS = 15 * 60_000L;
    public static final long TOTAL_MILLIS = 24 * 60 * 60_000L;
    /** The pod has to answer an OPEN within this. */
    public static final long OPENING_MILLIS = 30_000;

    public static final int TEXT_CHARS = 300;
    public static final int COMMAND_WORDS = 256;
    public static final int COMMAND_CHARS = 32 * 1024;

    private StreamLimits() {}
}
