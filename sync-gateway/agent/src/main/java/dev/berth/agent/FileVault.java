package dev.berth.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;

/** A file that only its owner may read. For simulated clusters, and for agents outside of their cluster. */
final class FileVault implements Vault {
    private final Vertx vertx;
    private final Path file;

    FileVault(Vertx vertx, Path directory) {
        this.vertx = vertx;
        this.file = directory.toAbsolutePath().resolve("cluster-key.properties");
    }

    @Override
    public Future<Optional<Identity>> load() {
        return vertx.executeBlocking(() -> {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Properties fields = new Properties();
            try (var in = Files.newBufferedReader(file)) {
                fields.load(in);
            }
            return Optional.of(IdentityFields.read(name -> fields.getProperty(name, "")));
        });
    }

    @Override
    public Future<Void> save(Identity identity) {
        return vertx.executeBlocking(() -> {
            write(identity);
            return null;
        });
    }

    /** Written beside and moved over, so that a crash leaves either the old or the new file. */
    private void write(Identity identity) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Properties fields = new Properties();
        fields.putAll(IdentityFields.of(identity));
        Path next = Files.createTempFile(
                file.getParent(),
                "cluster-key",
                ".next",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newBufferedWriter(next)) {
            fields.store(out, "Key of a cluster; it never leaves this place.");
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
