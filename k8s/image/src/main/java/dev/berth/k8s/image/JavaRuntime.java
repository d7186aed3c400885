package dev.berth.k8s.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java runtime of the modules that Berth needs, and the shared libraries of this machine that it needs. */
record JavaRuntime(Path home) {
    /** No java.desktop: it would bring fonts, X11 and their libraries. */
    private static final String MODULES = "java.compiler,java.instrument,java.management,java.naming,java.net.http,"
            + "java.security.jgss,java.sql,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs";

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so[.0-9]*)(?= \\(0x)");
    /** What PostgreSQL and glibc load by name. */
    private static final List<String> BY_NAME =
            List.of("libpthread.so.0", "libdl.so.2", "librt.so.1", "libm.so.6", "libresolv.so.2", "libutil.so.1");

    static JavaRuntime link(Path jdk, Path home) throws IOException {
        run(List.of(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress=2",
                "--output",
                home.toString()));
        return new JavaRuntime(home);
    }

    /** Absolute paths, the loader among them. */
    Set<Path> libraries() throws IOException {
        Set<Path> libraries = new TreeSet<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".so") || name.equals("java")) {
                Matcher found = LIBRARY.matcher(run(List.of("ldd", file.toString())));
                while (found.find()) {
                    Path library = Path.of(found.group(1));
                    if (!library.startsWith(home)) {
                        libraries.add(library);
                    }
                }
            }
        }
        Path libc = libraries.stream()
                .filter(path -> path.endsWith("libc.so.6"))
                .findFirst()
                .orElseThrow(() -> new IOException("Expected a runtime on glibc, but ldd named no libc.so.6."));
        BY_NAME.stream().map(libc::resolveSibling).filter(Files::exists).forEach(libraries::add);
        return libraries;
    }

    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.sorted().toList();
        }
    }

    private static String run(List<String> command) throws IOException {
        List<String> all = new ArrayList<>(command);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.get(0) + " failed: " + said);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
        return said;
    }
}
