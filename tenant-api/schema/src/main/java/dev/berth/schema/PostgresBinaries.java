package dev.berth.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the PostgreSQL that lies in the jar, once for each user and version, safely against a second process. */
final class PostgresBinaries {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwxr-xr-x");

    private PostgresBinaries() {}

    /** The directory that holds {@code bin}, {@code lib} and {@code share}. */
    static Path unpack(Path cache) throws IOException {
        createPrivate(cache);
        Path home = cache.resolve("postgres-" + fingerprint());
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        try (FileChannel lock = FileChannel.open(
                        cache.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (held.isValid() && !Files.isExecutable(home.resolve("bin/postgres"))) {
                Path part = Files.createTempDirectory(cache, "part-");
                extract(part);
                Files.setPosixFilePermissions(part, PRIVATE);
                Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return home;
    }

    /** Nobody else may have prepared this directory for us: the temporary directory is everybody's. */
    private static void createPrivate(Path cache) throws IOException {
        Files.createDirectories(cache);
        Path probe = Files.createTempFile(cache, "owner", "");
        boolean ours = Files.getOwner(cache).equals(Files.getOwner(probe)) && !Files.isSymbolicLink(cache);
        Files.delete(probe);
        if (!ours) {
            throw new IOException("Expected " + cache + " to be ours, but it belongs to " + Files.getOwner(cache)
                    + ". Remove it, or set java.io.tmpdir.");
        }
        Files.setPosixFilePermissions(cache, PRIVATE);
    }

    private static InputStream archive() throws IOException {
        InputStream in = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
        if (in == null) {
            throw new IOException("Expected PostgreSQL for Linux on x86-64 in the jar, but there is none."
                    + " Give databaseUrl of a PostgreSQL 16 or newer.");
        }
        return in;
    }

    private static String fingerprint() throws IOException {
        try (var in = new DigestInputStream(archive(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void extract(Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive()))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("Expected entries inside the archive's root, but got " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    extractFile(tar, entry, target);
                }
                entry = tar.getNextEntry();
            }
        }
    }

    private static void extractFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean executable = (entry.getMode() & 0111) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
