package dev.berth.tunnel;

/** Every bound of the wire, once. Going over one closes the tunnel with the code that the user of the bound names. */
public final class Limits {
    public static final String SUBPROTOCOL = "berth-tunnel.v1";
    public static final String TUNNEL_PATH = "/tunnel/v1";
    public static final String ENROL_PATH = "/tunnel/v1/enroll";
    public static final int PROTO_VERSION = 1;
    /** Word in HELLO of an agent that opens byte streams to pods. */
    public static final String FEATURE_STREAMS = "streams.v1";

    public static final int HEADER_BYTES = 16;
    /** A frame before the peer has proved who it is, header included. */
    public static final int GREETING_FRAME_BYTES = 4 * 1024;
    /** Payload of one frame as it is on the wire. */
    public static final int PAYLOAD_BYTES = 64 * 1024;
    /** An object put together from fragments, and whatever a compressed payload may grow to. */
    public static final int OBJECT_BYTES = 1024 * 1024;
    /** Body of one object; leaves room for the message around it. */
    public static final int BODY_BYTES = OBJECT_BYTES - 4 * 1024;
    /** What a sender puts into one frame before it begins the next; a single larger object goes in fragments. */
    public static final int BATCH_BYTES = 60 * 1024;

    public static final int BATCH_ITEMS = 256;
    public static final int ID_BYTES = 253;
    public static final int SAMPLES = 512;
    /** Smaller payloads go as they are: compressing them costs more than it saves. */
    public static final int COMPRESS_FROM_BYTES = 1024;

    public static final int OBSERVED_WINDOW_BYTES = 1024 * 1024;
    public static final int DESIRED_WINDOW_BYTES = 1024 * 1024;

    public static final int NONCE_BYTES = 32;
    public static final int HASH_BYTES = 16;
    public static final int CONTROL_FRAMES_PER_SECOND = 100;
    public static final long GREETING_MILLIS = 5_000;
    public static final long PING_MILLIS = 15_000;
    public static final long DEAD_MILLIS = 45_000;

    private Limits() {}
}
