package dev.berth.k8s.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** {@code BuildImage JAR FOLDER VERSION}: writes FOLDER/berth-image.tar. Needs a JDK, glibc and Debian's busybox-static. */
public final class BuildImage {
    static final int USER = 65532;
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of("sh", "cat", "ls", "grep", "sed", "wget", "nslookup", "sleep");

    private BuildImage() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        if (!Files.isExecutable(BUSYBOX)) {
            throw new IOException("Expected " + BUSYBOX + ", but it is not there. apt-get install busybox-static");
        }
        Path home = folder.resolve("jre");
        remove(home);
        JavaRuntime runtime = JavaRuntime.link(Path.of(System.getProperty("java.home")), home);
        Path layer = folder.resolve("layer.tar");
        try (Tar tar = new Tar(new BufferedOutputStream(Files.newOutputStream(layer)))) {
            root(tar, runtime, Path.of(args[0]));
        }
        Path image = folder.resolve("berth-image.tar");
        archive(layer, image, args[2]);
        Files.delete(layer);
        System.out.println(image + ": " + Files.size(image) / 1_000_000 + " MB");
    }

    private static void root(Tar tar, JavaRuntime runtime, Path jar) throws IOException {
        Set<Path> libraries = runtime.libraries();
        Set<String> folders =
                new TreeSet<>(Set.of("bin", "etc", "opt", "opt/berth", "var", "var/lib", "var/lib/berth"));
        for (Path library : libraries) {
            for (Path parent = library.getParent();
                    parent != null && parent.getNameCount() > 0;
                    parent = parent.getParent()) {
                folders.add(parent.toString().substring(1));
            }
        }
        for (String folder : folders) {
            tar.folder(folder, 0755);
        }
        tar.folder("tmp", 01777);
        text(tar, "etc/passwd", "root:x:0:0::/:/bin/sh\nberth:x:" + USER + ":" + USER + "::/var/lib/berth:/bin/sh\n");
        text(tar, "etc/group", "root:x:0:\nberth:x:" + USER + ":\n");
        text(tar, "etc/nsswitch.conf", "hosts: files dns\n");
        tar.file("bin/busybox", 0755, BUSYBOX);
        for (String applet : APPLETS) {
            tar.link("bin/" + applet, "busybox");
        }
        for (Path library : libraries) {
            tar.file(library.toString().substring(1), 0755, library.toRealPath());
        }
        for (Path file : runtime.files()) {
            String name = "opt/jre"
                    + file.toString().substring(runtime.home().toString().length());
            if (Files.isDirectory(file)) {
                tar.folder(name, 0755);
            } else {
                tar.file(name, Files.isExecutable(file) ? 0755 : 0644, file);
            }
        }
        tar.file("opt/berth/berth.jar", 0644, jar);
    }

    /** The archive that "docker load" and "ctr images import" read: configuration, layer, manifest. */
    private static void archive(Path layer, Path image, String version) throws IOException {
        String digest = sha256(Files.newInputStream(layer));
        String config = """
                {"architecture":"amd64","os":"linux","created":"1970-01-01T00:00:00Z",
                 "config":{"User":"%1$d:%1$d","WorkingDir":"/var/lib/berth","Env":["PATH=/opt/jre/bin:/bin"],
                  "Entrypoint":["/opt/jre/bin/java","-jar","/opt/berth/berth.jar"],"Cmd":["run"],
                  "ExposedPorts":{"8080/tcp":{},"8090/tcp":{},"9090/tcp":{},"9400/tcp":{}},
                  "Labels":{"org.opencontainers.image.title":"Berth","org.opencontainers.image.version":"%2$s"}},
                 "rootfs":{"type":"layers","diff_ids":["sha256:%3$s"]},"history":[{"created_by":"k8s/image"}]}
                """.formatted(USER, version, digest);
        String name = sha256(new java.io.ByteArrayInputStream(config.getBytes(StandardCharsets.UTF_8))) + ".json";
        String manifest =
                "[{\"Config\":\"%s\",\"RepoTags\":[\"ghcr.io/berth/berth:%s\"],\"Layers\":[\"%s/layer.tar\"]}]\n"
                        .formatted(name, version, digest);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(image));
        try (Tar tar = new Tar(out)) {
            text(tar, name, config);
            tar.folder(digest, 0755);
            tar.file(digest + "/layer.tar", 0644, layer);
            text(tar, "manifest.json", manifest);
        }
    }

    private static void text(Tar tar, String name, String text) throws IOException {
        tar.file(name, 0644, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(InputStream in) throws IOException {
        try (var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException everyRuntimeHasIt) {
            throw new IllegalStateException(everyRuntimeHasIt);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
