package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuKeysTest {
    @Test
    void keysOfKaiAndRunAiAreUnderstood() {
        assertThat(asks(Map.of("gpu-fraction", "0.5"))).isEqualTo(new GpuRequest.Fraction(1, 500));
        assertThat(asks(Map.of("gpu-fraction", "0.25", "gpu-fraction-num-devices", "2")))
                .isEqualTo(new GpuRequest.Fraction(2, 250));
        assertThat(asks(Map.of("gpu-memory", "4096"))).isEqualTo(new GpuRequest.Memory(1, 4096));
    }

    @Test
    void ownKeysGoFirst() {
        assertThat(asks(Map.of("berth.dev/gpu-fraction-milli", "300", "gpu-fraction", "0.5")))
                .isEqualTo(new GpuRequest.Fraction(1, 300));
        assertThat(asks(Map.of("berth.dev/gpu-fraction", ".125"))).isEqualTo(new GpuRequest.Fraction(1, 125));
        assertThat(asks(Map.of("berth.dev/gpu-memory", "4Gi"))).isEqualTo(new GpuRequest.Memory(1, 4096));
        assertThat(GpuKeys.read(Map.of("berth.dev/gpu-fraction", "0.5"), Map.of())
                        .request())
                .isEqualTo(new GpuRequest.Fraction(1, 500));
    }

    @Test
    void aPartBelowAThousandthIsRoundedUpAndNothingAsksForNothing() {
        assertThat(asks(Map.of("gpu-fraction", "0.0001"))).isEqualTo(new GpuRequest.Fraction(1, 1));
        assertThat(asks(Map.of())).isEqualTo(GpuRequest.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "1.0", "-0.5", "half", "0.5.5", "99999999999", "0.9999"})
    void whatIsNoPartCountsAsAbsentAndIsTold(String text) {
        GpuKeys.Reading reading = GpuKeys.read(Map.of(), Map.of("gpu-fraction", text));
        assertThat(reading.request()).isEqualTo(GpuRequest.NONE);
        assertThat(reading.problems()).singleElement().asString().contains("gpu-fraction");
    }

    private static GpuRequest asks(Map<String, String> annotations) {
        return GpuKeys.read(Map.of(), annotations).request();
    }
}
