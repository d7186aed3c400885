package dev.berth.k8s.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each no of an API server has a word of the house. */
class KubeRefusalsTest {
    @ParameterizedTest
    @CsvSource({
        "400, malformed",
        "401, unauthenticated",
        "403, forbidden",
        "404, not-found",
        "409, conflict",
        "410, gone",
        "413, too-large",
        "422, invalid",
        "429, busy",
        "500, busy",
        "503, busy",
        "504, busy",
        "0, busy"
    })
    void aCodeIsARefusal(int code, String word) {
        Status status = new StatusBuilder().withCode(code).withMessage("why").build();
        assertThat(KubeRefusals.of(new KubernetesClientException("why", code, status), "Pod ns/p")
                        .refusal()
                        .code())
                .isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"404", "409", "0"})
    void aFailureWithoutAnyWordsStillReads(int code) {
        assertThat(KubeRefusals.of(new KubernetesClientException(null, code, null), "Pod ns/p")
                        .refusal()
                        .detail())
                .isNotBlank();
    }
}
