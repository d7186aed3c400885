package dev.berth.demo.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.PriorityClass;
import dev.berth.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReaderTest {
    private static final String NODES = """
            sn,cpu_milli,memory_mib,gpu,model
            node-0,64000,262144,2,P100
            node-1,96000,393216,8,G2
            """;

    @TempDir
    private Path directory;

    @Test
    void nodesAndPodsComeOutOfTheirColumns() throws IOException {
        write("""
                name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time
                Pod-1,6000,12288,1,460,V100M16|V100M32,LS,Failed,100,700,160
                pod-0,12000,16384,0,0,,BE,Running,50,650,60
                """);

        Trace trace = TraceReader.read(directory, "own");

        assertThat(trace.gpus()).isEqualTo(10);
        assertThat(trace.pods())
                .extracting(TracePod::name)
                .as("in order of arrival")
                .containsExactly("pod-0", "pod-1");
        TracePod shared = trace.pods().get(1);
        assertThat(shared.models()).containsExactlyInAnyOrder("V100M16", "V100M32");
        assertThat(shared.priority()).isEqualTo(PriorityClass.INTERACTIVE_PREEMPTIBLE);
        assertThat(shared.runMillis()).isEqualTo(540_000);
        assertThat(shared.failed()).isTrue();
        assertThat(shared.demandMilli()).isEqualTo(460);
    }

    @Test
    void aCellThatIsNoNumberIsNamedByFileLineAndColumn() throws IOException {
        write("""
                name,cpu_milli,memory_mib,num_gpu,gpu_milli
                pod-0,many,16384,0,0
                """);

        assertThatThrownBy(() -> TraceReader.read(directory, "own"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("openb_pod_list_own.csv line 2")
                .hasMessageContaining("cpu_milli")
                .hasMessageContaining("\"many\"");
    }

    @Test
    void aMissingFileIsToldWithWhatIsWanted() {
        assertThatThrownBy(() -> TraceReader.read(directory, "none"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--trace wants a directory");
    }

    private void write(String pods) throws IOException {
        Files.writeString(directory.resolve("openb_node_list_gpu_node.csv"), NODES);
        Files.writeString(directory.resolve("openb_pod_list_own.csv"), pods);
    }
}
