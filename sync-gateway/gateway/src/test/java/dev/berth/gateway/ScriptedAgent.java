package dev.berth.gateway;

import com.google.protobuf.ByteString;
import dev.berth.model.ClusterId;
import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.Digests;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameCodec;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.Limits;
import dev.berth.tunnel.SigningBytes;
import dev.berth.tunnel.v1.Challenge;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.Hello;
import dev.berth.tunnel.v1.HelloBody;
import dev.berth.tunnel.v1.Item;
import dev.berth.tunnel.v1.ObservedOffer;
import dev.berth.tunnel.v1.SnapBegin;
import dev.berth.tunnel.v1.SnapPage;
import dev.berth.tunnel.v1.Welcome;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A peer that says whatever a test wants it to say. */
final class ScriptedAgent {
    /** The connection was gone without a close frame: so the client of Vert.x calls it, as RFC 6455 does. */
    static final int ABRUPT = 1006;

    /** Kept, as Vert.x closes the connections of a client that nobody holds any more. */
    @SuppressWarnings("unused")
    private final WebSocketClient client;

    private final ClientWebSocket socket;
    private final FrameCodec codec = new FrameCodec(FrameType.Sender.GATEWAY);
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();

    private ScriptedAgent(WebSocketClient client) {
        this.client = client;
        this.socket = client.webSocket();
        codec.greeted();
        socket.binaryMessageHandler(message -> {
            Frame frame = codec.decode(message.getBytes());
            if (frame != null) {
                frames.add(frame);
            }
        });
        socket.closeHandler(done -> closed.complete(new Closed(
                socket.closeStatusCode() == null ? -1 : (int) socket.closeStatusCode(),
                String.valueOf(socket.closeReason()))));
    }

    /** How the gateway ended it. */
    record Closed(int code, String reason) {}

    static ScriptedAgent dial(Vertx vertx, int port) {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost("127.0.0.1");
        options.setPort(port);
        options.setURI(Limits.TUNNEL_PATH);
        options.addSubProtocol(Limits.SUBPROTOCOL);
        ScriptedAgent agent =
                new ScriptedAgent(vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(1 << 20)));
        get(agent.socket.connect(options).toCompletionStage().toCompletableFuture());
        return agent;
    }

    Frame next(FrameType type) throws InterruptedException {
        while (true) {
            Frame frame = frames.poll(10, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("Expected " + type + " within 10 s; closed: " + closed.getNow(null));
            }
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    boolean silent() {
        return frames.isEmpty();
    }

    void send(Frame frame) {
        FrameCodec.encode(frame).forEach(this::sendBytes);
    }

    void sendBytes(byte[] bytes) {
        socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    void sendText(String text) {
        socket.writeTextMessage(text);
    }

    Closed closed() {
        return get(closed);
    }

    int closeCode() {
        return closed().code();
    }

    void close() {
        socket.close();
    }

    byte[] challenge() throws InterruptedException {
        return next(FrameType.CHALLENGE).body(Challenge.class).getNonce().toByteArray();
    }

    static HelloBody.Builder helloOf(ClusterId cluster, ClusterKey key) {
        return HelloBody.newBuilder()
                .setProtoMin(1)
                .setProtoMax(1)
                .setClusterId(cluster.value())
                .setKeyId(key.id())
                .setInstanceId("scripted")
                .setHost("127.0.0.1")
                .setObserved(ObservedOffer.newBuilder().setIncarnation("scripted-life"));
    }

    static Frame hello(byte[] nonce, HelloBody body, ClusterKey key) {
        byte[] signature = key.sign(SigningBytes.hello(nonce, body, body.toByteArray()));
        return Frame.control(
                FrameType.HELLO,
                Hello.newBuilder()
                        .setBody(body.toByteString())
                        .setSignature(ByteString.copyFrom(signature))
                        .build());
    }

    Welcome join(ClusterId cluster, ClusterKey key) throws InterruptedException {
        send(hello(challenge(), helloOf(cluster, key).build(), key));
        return next(FrameType.WELCOME).body(Welcome.class);
    }

    void snapBegin() {
        send(new Frame(FrameType.SNAP_BEGIN, 2, 0, SnapBegin.getDefaultInstance()));
    }

    void page(Item... items) {
        SnapPage page =
                SnapPage.newBuilder().addAllItems(java.util.List.of(items)).build();
        send(new Frame(FrameType.SNAP_PAGE, 2, items[items.length - 1].getSeq(), page));
    }

    static Frame delta(Item... items) {
        Delta delta = Delta.newBuilder().addAllItems(java.util.List.of(items)).build();
        return new Frame(FrameType.DELTA, 2, items[items.length - 1].getSeq(), delta);
    }

    static Item item(String kind, String uid, long seq, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return Item.newBuilder()
                .setKind(kind)
                .setUid(uid)
                .setSeq(seq)
                .setHash(ByteString.copyFrom(Digests.bodyHash(body)))
                .setBody(ByteString.copyFrom(body))
                .build();
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
