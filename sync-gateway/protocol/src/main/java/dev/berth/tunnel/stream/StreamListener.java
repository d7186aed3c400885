package dev.berth.tunnel.stream;

import com.google.protobuf.ByteString;
import dev.berth.tunnel.v1.StreamChannel;

/** Told what happens to a stream. Whoever takes data must say so with {@link ByteStream#consumed}, or the peer stops. */
public interface StreamListener {
    /** The pod answers. Only at the end that opened the stream. */
    default void opened() {}

    void data(StreamChannel channel, ByteString bytes);

    /** Nothing more comes from the peer; it may still take. */
    void eof();

    /** The terminal has another size. */
    default void resized(int columns, int rows) {}

    /** There is room again, after {@link ByteStream#room} said no. */
    void drained();

    /** Over; nothing follows. Not called where this end closed it. */
    void closed(StreamEnd end);
}
