package dev.berth.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** TCP between two ends, which cuts: at once when told to, or after so many bytes, wherever in a frame that is. */
final class FaultyLink {
    private final NetServer server;
    private final NetClient client;
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int target;
    private volatile long cutAfterBytes = Long.MAX_VALUE;

    private FaultyLink(Vertx vertx, int target) {
        this.server = vertx.createNetServer();
        this.client = vertx.createNetClient();
        this.target = target;
    }

    static Future<FaultyLink> open(Vertx vertx, int target) {
        FaultyLink link = new FaultyLink(vertx, target);
        return link.server.connectHandler(link::accept).listen(0, "127.0.0.1").map(link);
    }

    int port() {
        return server.actualPort();
    }

    int cuts() {
        return cuts.get();
    }

    void target(int port) {
        target = port;
    }

    /** Each connection from now on is cut when this many bytes have gone through it. */
    void cutAfterBytes(long bytes) {
        cutAfterBytes = bytes;
    }

    void cut() {
        cuts.incrementAndGet();
        sockets.forEach(NetSocket::close);
    }

    private void accept(NetSocket near) {
        near.pause();
        client.connect(target, "127.0.0.1").onFailure(failure -> near.close()).onSuccess(far -> {
            long[] carried = {0};
            carry(near, far, carried);
            carry(far, near, carried);
            near.resume();
        });
    }

    private void carry(NetSocket from, NetSocket to, long[] carried) {
        sockets.add(from);
        from.handler(bytes -> {
            long left = cutAfterBytes - carried[0];
            carried[0] += bytes.length();
            Buffer through = bytes.length() <= left ? bytes : bytes.slice(0, (int) Math.max(0, left));
            to.write(through);
            if (bytes.length() > left) {
                cuts.incrementAndGet();
                from.close();
                to.close();
            }
        });
        from.exceptionHandler(broken -> to.close());
        from.closeHandler(closed -> {
            sockets.remove(from);
            to.close();
        });
    }
}
