package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveCommandTest {
    @TempDir
    Path driver;

    @Test
    void theDevicePluginsWordGoesFirst() throws IOException {
        assertThat(ReserveCommand.uuid("GPU-7f3a-1", driver)).isEqualTo("GPU-7f3a-1");
    }

    @Test
    void withoutItTheDriversListSaysWhichButOnlyWhereItIsOne() throws IOException {
        assertThat(ReserveCommand.uuid("void", driver)).isEmpty();
        list("0000:01:00.0", "GPU-a");
        assertThat(ReserveCommand.uuid("all", driver)).isEqualTo("GPU-a");
        list("0000:02:00.0", "GPU-b");
        assertThat(ReserveCommand.uuid("all", driver)).isEmpty();
    }

    @Test
    void theMessageHoldsTheDevice() throws IOException {
        list("0000:01:00.0", "GPU-a");
        Path message = driver.resolve("message");
        int code =
                Main.commandLine().execute("reserve", "--message", message.toString(), "--driver", driver.toString());
        assertThat(code).isZero();
        assertThat(message).hasContent("GPU-a");
    }

    private void list(String bus, String uuid) throws IOException {
        Path folder = Files.createDirectories(driver.resolve(bus));
        Files.writeString(folder.resolve("information"), "Model:\t\t NVIDIA\nGPU UUID:\t " + uuid + "\n");
    }
}
