package dev.berth.api.server;

/** Where the API of this process listens, attached under {@link #NAME}; -1 where it does not. */
public record Listening(int httpPort, int grpcPort, String publicUrl) {
    public static final String NAME = "control-plane";
}
