package dev.berth.schema;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * A PostgreSQL of our own on 127.0.0.1, with its data in a directory that a later start finds again. Every login needs a
 * password; they are made at the first start and lie beside the data, readable by their owner only. Blocks.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private final Path directory;
    private final PostgresCommand command;
    private final int port;
    private final Properties secrets;

    private EmbeddedDatabase(Path directory, PostgresCommand command, int port, Properties secrets) {
        this.directory = directory;
        this.command = command;
        this.port = port;
        this.secrets = secrets;
    }

    /**
     * Starts it.
     *
     * @param directory holds data, log and passwords; made when absent
     * @param port 0 for a free one
     * @param durable whether a commit survives a power cut; only tests go without
     */
    public static EmbeddedDatabase start(Path directory, int port, boolean durable) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        Files.createDirectories(root);
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "berth-pg-" + System.getProperty("user.name"));
        PostgresCommand command = PostgresCommand.in(PostgresBinaries.unpack(cache));
        Properties secrets = secrets(root.resolve("secrets.properties"));
        var database = new EmbeddedDatabase(root, command, port == 0 ? freePort() : port, secrets);
        database.initialise();
        database.launch(durable);
        return database;
    }

    /** Brings the schema to the present; gives the logins of the application roles. */
    public Database migrate() {
        return new Migrations(login(SUPERUSER)).run(secret(Migrations.API), secret(Migrations.GATEWAY));
    }

    /** The superuser, for migrations and for tests that look behind the curtain. */
    public DatabaseLogin admin() {
        return login(SUPERUSER);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        command.run(log(), "pg_ctl", "stop", "-D", data(), "-m", "fast", "-w", "-t", "60");
    }

    private DatabaseLogin login(String user) {
        return new DatabaseLogin("postgresql://127.0.0.1:" + port + "/postgres", user, secret(user));
    }

    private String secret(String user) {
        return secrets.getProperty(user, "");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private Path log() {
        return directory.resolve("postgres.log");
    }

    private void initialise() throws IOException {
        Path data = Path.of(data());
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Files.createDirectories(data);
        command.own(data);
        Path password = Files.createTempFile(directory, "initial", ".secret");
        try {
            Files.writeString(password, secret(SUPERUSER));
            command.own(password);
            // The builtin locale sorts and folds the same on every machine.
            command.run(
                    log(),
                    "initdb",
                    "-D",
                    data(),
                    "-U",
                    SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C");
        } finally {
            Files.delete(password);
        }
    }

    private void launch(boolean durable) throws IOException {
        // A process that was killed leaves its PostgreSQL behind; it has the data open and another port.
        if (command.exit(log(), "pg_ctl", "status", "-D", data()) == 0) {
            close();
        }
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c max_connections=80 -c shared_buffers=128MB -c max_wal_size=512MB -c jit=off -c log_min_messages=warning"
                + (durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        command.run(log(), "pg_ctl", "start", "-D", data(), "-l", log().toString(), "-w", "-t", "90", "-o", options);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Properties secrets(Path file) throws IOException {
        var secrets = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                secrets.load(in);
            }
            return secrets;
        }
        var random = new SecureRandom();
        for (String user : new String[] {SUPERUSER, Migrations.API, Migrations.GATEWAY}) {
            byte[] bytes = new byte[24];
            random.nextBytes(bytes);
            secrets.setProperty(user, HexFormat.of().formatHex(bytes));
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE)) {
            secrets.store(out, "Passwords of this database; made at its first start.");
        }
        return secrets;
    }
}
