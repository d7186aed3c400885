package dev.berth.tunnel;

import com.google.protobuf.MessageLite;
import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.v1.Ack;
import dev.berth.tunnel.v1.GoAway;
import dev.berth.tunnel.v1.Ping;
import dev.berth.tunnel.v1.Pong;
import dev.berth.tunnel.v1.Window;

/**
 * One message of the tunnel.
 *
 * @param seq of a frame with objects, the sequence number up to which it carries the stream; else 0
 * @param body the protobuf message that belongs to the type
 */
public record Frame(FrameType type, int stream, long seq, MessageLite body) {
    public static Frame control(FrameType type, MessageLite body) {
        return new Frame(type, Stream.CONTROL, 0, body);
    }

    public static Frame ping(long id) {
        return control(FrameType.PING, Ping.newBuilder().setId(id).build());
    }

    public static Frame pong(long id) {
        return control(FrameType.PONG, Pong.newBuilder().setId(id).build());
    }

    public static Frame ack(int stream, long seq) {
        return control(
                FrameType.ACK, Ack.newBuilder().setStream(stream).setSeq(seq).build());
    }

    public static Frame window(int stream, int bytes) {
        return control(
                FrameType.WINDOW,
                Window.newBuilder().setStream(stream).setBytes(bytes).build());
    }

    public static Frame goAway(CloseCode code, int spreadMillis) {
        return control(
                FrameType.GOAWAY,
                GoAway.newBuilder()
                        .setCode(code.number())
                        .setSpreadMillis(spreadMillis)
                        .setText(code.name())
                        .build());
    }

    /** What the frame costs of a stream's credit: its payload before compression, the same at both ends. */
    public int size() {
        return body.getSerializedSize();
    }

    /** The body as the message that the caller knows from the type. */
    public <T extends MessageLite> T body(Class<T> message) {
        return message.cast(body);
    }
}
