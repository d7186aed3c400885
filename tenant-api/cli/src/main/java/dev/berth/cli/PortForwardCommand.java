package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Clean;
import dev.berth.cli.wire.Duplex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Listens on this machine and joins each connection with a port of a pod. */
@Command(
        name = "port-forward",
        description = "Listens on a port of this machine only and joins it with a port of a workload's pod.",
        footer = {
            "",
            "Examples:",
            "  berth port-forward notebook 8888",
            "  berth port-forward notebook 9000:8888",
            "  berth port-forward notebook 0:8888      any free port"
        })
final class PortForwardCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;
    /** Connections at once; the server allows a user so many streams. */
    private static final int CONNECTIONS = 16;

    private static final int PIECE_BYTES = 32 * 1024;

    @Parameters(index = "0", paramLabel = "NAME", description = "The workload, by name or id.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "[LOCAL:]REMOTE", description = "Ports, such as 9000:8888.")
    private String ports = "";

    @Mixin
    private PodFlags pod = new PodFlags();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::forward);
    }

    private ExitCode forward(Session session) {
        String[] parts = ports.split(":", -1);
        int remote = port(parts[parts.length - 1], 1);
        int local = parts.length == 1 ? remote : port(parts[0], 0);
        if (parts.length > 2) {
            throw Failure.usage("Expected LOCAL:REMOTE, but got \"" + ports + "\".");
        }
        Semaphore free = new Semaphore(CONNECTIONS);
        try (ServerSocket server = new ServerSocket(local, CONNECTIONS, InetAddress.getLoopbackAddress())) {
            session.screen()
                    .note("Forwarding 127.0.0.1:" + server.getLocalPort() + " to port " + remote + " of " + name
                            + ". Stop with Ctrl-C.");
            while (true) {
                free.acquire();
                Socket client = server.accept();
                Thread joined = new Thread(() -> {
                    try (client) {
                        join(session, client, remote);
                    } catch (IOException gone) {
                        // The client went away, which is its right.
                    } catch (Failure failure) {
                        session.screen().note(failure.what());
                    } finally {
                        free.release();
                    }
                });
                joined.setDaemon(true);
                joined.start();
            }
        } catch (IOException taken) {
            throw Failure.of(ExitCode.FAILED, "Port " + local + " of this machine cannot be used.")
                    .hint("Name another one: berth port-forward " + name + " 0:" + remote);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private void join(Session session, Socket client, int remote) throws IOException {
        OutputStream out = client.getOutputStream();
        String query = pod.query(session)
                .without("container")
                .with("port", Integer.toString(remote))
                .text();
        try (Duplex duplex =
                session.api().duplex(PodFlags.path(name, "port-forward"), query, (error, bytes) -> out.write(bytes))) {
            Thread up = new Thread(() -> up(client, duplex));
            up.setDaemon(true);
            up.start();
            Duplex.Ending ending = duplex.await();
            if (!ending.complete()) {
                session.screen().note(Clean.line(ending.text()));
            }
        }
    }

    private static void up(Socket client, Duplex duplex) {
        byte[] bytes = new byte[PIECE_BYTES];
        try {
            InputStream in = client.getInputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                duplex.send(bytes, read);
            }
        } catch (IOException closed) {
            // The client is gone, which the end of input says.
        }
        duplex.endInput();
    }

    private static int port(String text, int least) {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= least && port <= MOST_PORT) {
                return port;
            }
        }
        throw Failure.usage("Expected a port from " + least + " to " + MOST_PORT + ", but got \"" + text + "\".");
    }
}
