package dev.berth.contract;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Byte streams to pods, between the API and the gateway that holds the cluster's tunnel. {@link #OPEN} is addressed by
 * cluster: whoever serves it holds the tunnel. It answers with the gateway's door and a pipe; from then on the reader asks
 * for bytes when it has room for them, so that nothing piles up on the bus: at most one part of each pipe is under way.
 * Buffers in messages are read only.
 */
public final class StreamContract {
    /** Bytes of a part, and of what is written at once. */
    public static final int PART_BYTES = 64 * 1024;
    /** A read without bytes is answered after this. */
    public static final Duration QUIET = Duration.ofSeconds(5);
    /** A pipe that nobody reads from is closed after this. */
    public static final Duration ABANDONED = Duration.ofSeconds(30);

    private static final Duration OPENING = Duration.ofSeconds(35);
    private static final Duration ANSWERING = Duration.ofSeconds(15);

    public static final Call<Open, Opened> OPEN =
            Call.of("berth.gateway.stream-open", Open.class, Opened.class, OPENING);
    public static final Call<Read, Part> READ = Call.of("berth.gateway.stream-read", Read.class, Part.class, ANSWERING);
    public static final Call<Write, Wrote> WRITE =
            Call.of("berth.gateway.stream-write", Write.class, Wrote.class, ANSWERING);

    private StreamContract() {}

    /** Who wants what of which pod. The gateway checks the tenant, the agent that the pod is the workload's. */
    public record Open(String tenant, String user, String workload, String namespace, String pod, Target target) {}

    /** What is wanted of a pod; an empty container is its only or first one. */
    public sealed interface Target {}

    /** Numbers below 0 and empty times: no bound. */
    public record Logs(
            String container,
            boolean follow,
            int tailLines,
            int sinceSeconds,
            String sinceTime,
            boolean previous,
            boolean timestamps)
            implements Target {}

    /** No words: attach to what runs. */
    public record Run(String container, List<String> words, boolean tty, boolean stdin, int columns, int rows)
            implements Target {
        public Run {
            words = List.copyOf(words);
        }
    }

    public record Port(int port) implements Target {}

    /** @param door where {@link #READ} and {@link #WRITE} are served for this pipe */
    public record Opened(String door, String pipe, int room) {}

    /** @param most bytes; 0 only tells that the reader is there */
    public record Read(String pipe, int most) {}

    /** @param error whether it is what the command wrote as errors */
    public record Chunk(boolean error, ByteBuffer bytes) {}

    /**
     * What came.
     *
     * @param room bytes that may be written
     * @param end empty: it goes on; else a word such as COMPLETED or TUNNEL_LOST, and nothing follows
     */
    public record Part(List<Chunk> chunks, int room, String end, String text, int exitCode) {
        public Part {
            chunks = List.copyOf(chunks);
        }
    }

    /**
     * Bytes for the pod, at most as many as there is room for.
     *
     * @param columns above 0: the terminal has this size now
     */
    public record Write(String pipe, ByteBuffer bytes, boolean finished, boolean cancelled, int columns, int rows) {}

    public record Wrote(int room) {}
}
