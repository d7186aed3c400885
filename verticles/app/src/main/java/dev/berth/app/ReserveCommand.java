package dev.berth.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the init container of a reservation runs: tells which device the kubelet gave it, in the message that the kubelet
 * puts into the pod's status. Asks the device plugin's variable first, then the driver's own list.
 */
@Command(
        name = "reserve",
        hidden = true,
        description = "Writes the UUID of this container's GPU into its termination message.",
        mixinStandardHelpOptions = true)
final class ReserveCommand implements Callable<Integer> {
    private static final Pattern ONE = Pattern.compile("(GPU|MIG)-[A-Za-z0-9-]{1,124}");
    private static final Pattern LISTED = Pattern.compile("GPU UUID:\\s*(GPU-[A-Za-z0-9-]{1,124})");

    @Option(
            names = "--message",
            description = "File of the termination message.",
            defaultValue = "/dev/termination-log")
    private Path message = Path.of("/dev/termination-log");

    @Option(
            names = "--driver",
            description = "Folder in which the driver lists GPUs.",
            defaultValue = "/proc/driver/nvidia/gpus")
    private Path driver = Path.of("/proc/driver/nvidia/gpus");

    @Override
    public Integer call() throws IOException {
        String uuid = uuid(Objects.requireNonNullElse(System.getenv("NVIDIA_VISIBLE_DEVICES"), ""), driver);
        Files.writeString(message, uuid);
        return uuid.isEmpty() ? 1 : 0;
    }

    /** The UUID of the only device; empty where there is none, or more than one. */
    static String uuid(String variable, Path driver) throws IOException {
        if (ONE.matcher(variable.strip()).matches()) {
            return variable.strip();
        }
        if (!Files.isDirectory(driver)) {
            return "";
        }
        List<Path> files;
        try (Stream<Path> folders = Files.list(driver)) {
            files = folders.map(folder -> folder.resolve("information"))
                    .filter(Files::isReadable)
                    .toList();
        }
        if (files.size() != 1) {
            return "";
        }
        Matcher matcher = LISTED.matcher(Files.readString(files.get(0)));
        return matcher.find() ? matcher.group(1) : "";
    }
}
