package dev.berth.api.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.Refusal.FieldError;
import dev.berth.model.Refused;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldsTest {
    private final List<FieldError> errors = new ArrayList<>();

    private WorkloadForm read(String json) {
        return WorkloadForm.read(Json.parse(Buffer.buffer(json)), "", errors);
    }

    @Test
    void everyMistakeIsPointedAtAtOnce() {
        read(
                "{\"metadata\":{\"name\":\"A\",\"x\":1},\"spec\":{\"project\":7,\"workers\":0,\"priorityClass\":\"now\",\"resources\":{\"gpu\":{\"fractionMilli\":1000}}}}");
        assertThat(errors)
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder(
                        "/metadata/name",
                        "/metadata/x",
                        "/spec/project",
                        "/spec/cluster",
                        "/spec/workers",
                        "/spec/priorityClass",
                        "/spec/resources/gpu/fractionMilli");
    }

    @Test
    void defaultsAreFilledIn() {
        var form = read(
                "{\"metadata\":{\"name\":\"w\"},\"spec\":{\"project\":\"p\",\"cluster\":\"c\",\"workers\":3,\"resources\":{\"gpu\":{\"fractionMilli\":250}}}}");
        assertThat(errors).isEmpty();
        assertThat(form.gpuMilli()).isEqualTo(750);
        assertThat(form.spec().path("minWorkers").asInt()).isEqualTo(3);
        assertThat(form.spec().path("preemptible").asBoolean()).isTrue();
        assertThat(form.spec().at("/resources/gpu/devices").asInt()).isEqualTo(1);
        assertThat(form.nodePool()).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":2}", "{} x", "nul", "{\"a\":1e}"})
    void whatIsNoJsonIsMalformed(String text) {
        assertThatThrownBy(() -> Json.parse(Buffer.buffer(text)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().status()).isEqualTo(400));
    }

    @Property(tries = 300)
    void noTextBreaksTheReader(@ForAll String name, @ForAll String other) {
        var body = Json.object();
        body.putObject("metadata").put("name", name).putObject("labels").put(other, name);
        body.putObject("spec").put("project", other).put("cluster", name).put(name, other);
        List<FieldError> found = new ArrayList<>();
        WorkloadForm.read(body, "", found);
        assertThat(found).isNotEmpty().hasSizeLessThanOrEqualTo(100);
    }

    @Property(tries = 300)
    void noBytesBreakTheParser(@ForAll byte[] bytes) {
        try {
            Json.parse(Buffer.buffer(bytes));
        } catch (Refused refused) {
            assertThat(refused.refusal().status()).isEqualTo(400);
        }
    }

    @Test
    void aCursorFitsOnlyItsOwnList() {
        String text = new Cursor("name", List.of("a", "b")).encoded();
        assertThat(Cursor.decode(text, "name", 2).values()).containsExactly("a", "b");
        assertThatThrownBy(() -> Cursor.decode(text, "-name", 2)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Cursor.decode("%%%", "name", 2)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Cursor.decode(new String(new byte[] {65}, StandardCharsets.US_ASCII), "name", 2))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aClusterGetsOnlyTheQuotasThatConcernIt() {
        var form = OrganisationForm.project(
                Json.parse(
                        Buffer.buffer(
                                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"quotas\":[{\"cluster\":\"a\",\"nodePool\":\"x\"},{\"cluster\":\"b\",\"nodePool\":\"y\"},{\"nodePool\":\"z\"}]}}")));
        var resource = CustomResources.project("p", form.spec(), "a");
        assertThat(resource.at("/spec/quotas").findValuesAsText("nodePool")).containsExactly("x", "z");
        assertThat(resource.at("/spec/namespace").asText()).isEqualTo("berth-p-p");
        assertThat(resource.at("/spec/quotas/0/gpuMilli/limit").asLong()).isEqualTo(-1);
    }
}
