package dev.berth.loadtest;

import dev.berth.schema.Database;
import dev.berth.schema.DatabaseLogin;
import dev.berth.schema.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A PostgreSQL that ends with the load, also where the load is broken off, and takes its directory along. */
final class OwnDatabase implements AutoCloseable {
    private final Path directory;
    private final EmbeddedDatabase database;
    private boolean closed;

    private OwnDatabase(Path directory, EmbeddedDatabase database) {
        this.directory = directory;
        this.database = database;
    }

    static OwnDatabase start(Path directory) throws IOException {
        EmbeddedDatabase started = EmbeddedDatabase.start(directory.resolve("postgres"), 0, true);
        OwnDatabase own = new OwnDatabase(directory, started);
        Runtime.getRuntime().addShutdownHook(new Thread(own::close, "loadtest-stop"));
        return own;
    }

    Database migrate() {
        return database.migrate();
    }

    DatabaseLogin admin() {
        return database.admin();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            database.close();
            try (var files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
