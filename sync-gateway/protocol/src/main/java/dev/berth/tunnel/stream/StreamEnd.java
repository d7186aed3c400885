package dev.berth.tunnel.stream;

import dev.berth.tunnel.v1.StreamClose;
import dev.berth.tunnel.v1.StreamEndReason;

/**
 * Why a stream is over.
 *
 * @param text for people, one line
 * @param exitCode of a command that has ended; else 0
 */
public record StreamEnd(StreamEndReason reason, String text, int exitCode) {
    public StreamEnd {
        text = line(text);
    }

    public static StreamEnd completed(int exitCode) {
        return new StreamEnd(StreamEndReason.STREAM_END_COMPLETED, "", exitCode);
    }

    public static StreamEnd of(StreamEndReason reason, String text) {
        return new StreamEnd(reason, text, 0);
    }

    static StreamEnd of(StreamClose close) {
        return new StreamEnd(close.getReason(), close.getText(), close.getExitCode());
    }

    StreamClose message() {
        return StreamClose.newBuilder()
                .setReason(reason)
                .setText(text)
                .setExitCode(exitCode)
                .build();
    }

    /** Whether all bytes before it came. */
    public boolean complete() {
        return reason == StreamEndReason.STREAM_END_COMPLETED;
    }

    /** What a peer wrote goes into problems and onto terminals: no control characters, and not too much of it. */
    private static String line(String text) {
        String shown = text.length() > StreamLimits.TEXT_CHARS ? text.substring(0, StreamLimits.TEXT_CHARS) : text;
        return shown.replaceAll("\\p{C}", " ").strip();
    }
}
