package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.JsonText;
import dev.berth.cli.wire.Tree;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered between commands: servers, who is signed in there, and what to take when a flag is absent. It lies in
 * one file that only its owner may read. A token belongs to the address it came from and is sent to no other.
 */
final class Profile {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final ObjectNode root;

    private Profile(Path file, ObjectNode root) {
        this.file = file;
        this.root = root;
    }

    /** What is remembered of one server; empty texts where nothing is. */
    record Remembered(String token, String email, String expiresAt, String project, String cluster, String caFile) {
        static final Remembered NOTHING = new Remembered("", "", "", "", "", "");

        Remembered signedOut() {
            return new Remembered("", "", "", project, cluster, caFile);
        }

        @Override
        public String toString() {
            return "Remembered[" + email + "]";
        }
    }

    static Path fileFor(Map<String, String> environment) {
        String named = environment.getOrDefault("BERTH_CONFIG", "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = Path.of(base).isAbsolute()
                ? Path.of(base)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config");
        return folder.resolve("berth").resolve("config.json");
    }

    static Profile read(Path file) {
        try {
            String text = Files.readString(file);
            protect(file);
            if (Tree.read(text) instanceof ObjectNode object) {
                return new Profile(file, object);
            }
        } catch (NoSuchFileException none) {
            return new Profile(file, Tree.object());
        } catch (IOException unreadable) {
            // Told below, without the content.
        }
        throw Failure.usage("Expected the configuration of berth in " + file + ", but cannot read it.")
                .hint("Mend it, or remove it and sign in again.");
    }

    Path file() {
        return file;
    }

    String current() {
        return root.path("current").asText("");
    }

    List<String> urls() {
        List<String> urls = new ArrayList<>();
        root.path("servers").fieldNames().forEachRemaining(urls::add);
        return urls;
    }

    Remembered at(String url) {
        JsonNode server = root.path("servers").path(url);
        return new Remembered(
                server.path("token").asText(""),
                server.path("email").asText(""),
                server.path("expiresAt").asText(""),
                server.path("project").asText(""),
                server.path("cluster").asText(""),
                server.path("caFile").asText(""));
    }

    void use(String url) {
        root.put("current", url);
    }

    void remember(String url, Remembered server) {
        ObjectNode servers = root.path("servers") instanceof ObjectNode known ? known : root.putObject("servers");
        ObjectNode one = servers.putObject(url);
        put(one, "email", server.email());
        put(one, "token", server.token());
        put(one, "expiresAt", server.expiresAt());
        put(one, "project", server.project());
        put(one, "cluster", server.cluster());
        put(one, "caFile", server.caFile());
    }

    void forget(String url) {
        if (root.path("servers") instanceof ObjectNode known) {
            known.remove(url);
        }
        if (current().equals(url)) {
            root.remove("current");
        }
    }

    private static void put(ObjectNode to, String name, String value) {
        if (!value.isEmpty()) {
            to.put(name, value);
        }
    }

    /** Writes beside and renames, so that no reader meets half a file and no moment leaves the token open. */
    void save() {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw Failure.usage("Expected a file as the configuration, but got " + file + ".");
        }
        try {
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, ".config", ".json", ownerOnly(folder));
            try {
                Files.writeString(beside, JsonText.indented(root) + "\n");
                move(beside);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException broken) {
            throw Failure.usage("Cannot write " + file + ": " + broken.getMessage())
                    .hint("BERTH_CONFIG names another file.");
        }
    }

    private void move(Path beside) throws IOException {
        try {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherwise) {
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        return posix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }

    private static void protect(Path file) throws IOException {
        if (posix(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, OWNER);
        }
    }

    private static boolean posix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
