package dev.berth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on to a server until it is told to cut every connection; the next one works again. */
final class CuttingProxy implements AutoCloseable {
    private final URI target;
    private final ServerSocket listening;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    CuttingProxy(String url) throws IOException {
        target = URI.create(url);
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(() -> {
            while (true) {
                accept(listening.accept());
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** What clients sent first on each connection. */
    List<String> requests() {
        return heads;
    }

    void cut() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    private void accept(Socket client) throws IOException {
        Socket server = new Socket(target.getHost(), target.getPort());
        open.add(client);
        open.add(server);
        thread(() -> {
            byte[] buffer = new byte[8192];
            InputStream in = client.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                heads.add(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                server.getOutputStream().write(buffer, 0, read);
            }
        });
        thread(() -> server.getInputStream().transferTo(client.getOutputStream()));
    }

    private static void thread(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException cut) {
                // That is what it is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        cut();
        listening.close();
    }
}
