package dev.berth.cli.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Server-sent events, read one by one as they come. */
public final class Feed implements AutoCloseable {
    private static final int MAX_LINE = 8 << 20;

    private final HttpURLConnection connection;
    private final InputStream in;
    private String lastId = "";

    /**
     * One event.
     *
     * @param id where a stream that follows begins, empty when the event has none
     */
    public record Event(String id, String type, String data) {}

    Feed(HttpURLConnection connection, InputStream in) {
        this.connection = connection;
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next event, null when the server ended the stream; throws when none comes in time. */
    public @Nullable Event next() throws IOException {
        String type = "message";
        String id = "";
        StringBuilder data = null;
        while (true) {
            String line = line();
            if (line == null) {
                return null;
            }
            if (line.isEmpty()) {
                if (data != null) {
                    lastId = id.isEmpty() ? lastId : id;
                    return new Event(id, type, data.toString());
                }
                type = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "event" -> type = value;
                case "id" -> id = value.matches("[0-9]{1,19}") ? value : id;
                case "data" -> data = data == null ? new StringBuilder(value) : append(data, value);
                default -> {}
            }
        }
    }

    /** The id of the last event that had one. */
    public String lastId() {
        return lastId;
    }

    private static StringBuilder append(StringBuilder data, String value) throws IOException {
        if (data.length() + value.length() > MAX_LINE) {
            throw new IOException("An event is larger than " + MAX_LINE + " characters");
        }
        return data.append('\n').append(value);
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
            }
            if (line.size() >= MAX_LINE) {
                throw new IOException("A line is longer than " + MAX_LINE + " bytes");
            }
            line.write(next);
        }
        return null;
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
