package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.ChangeContract;
import dev.berth.model.GpuRequest;
import dev.berth.model.TenantId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    record Holder(GpuRequest gpu) {}

    record Large(List<String> words) {}

    @Test
    void sealedTypesCarryTheirSimpleNameAndComeBack() {
        Holder holder = new Holder(new GpuRequest.Fraction(1, 460));

        String json = RecordJson.toJson(holder);

        assertThat(json).isEqualTo("{\"gpu\":{\"type\":\"Fraction\",\"devices\":1,\"milli\":460}}");
        assertThat(RecordJson.fromJson(json, Holder.class)).isEqualTo(holder);
    }

    @Test
    void aNameThatTheInterfaceDoesNotPermitIsRefused() {
        assertThatThrownBy(() -> RecordJson.fromJson("{\"gpu\":{\"type\":\"java.lang.Runtime\"}}", Holder.class))
                .hasMessageContaining("java.lang.Runtime");
    }

    @Test
    void whatANewerPeerSaysMoreIsIgnored() {
        assertThat(RecordJson.fromJson("{\"gpu\":{\"type\":\"Whole\",\"devices\":2},\"later\":1}", Holder.class))
                .isEqualTo(new Holder(new GpuRequest.Whole(2)));
    }

    @Test
    void aMessageSurvivesTheWire() {
        RecordCodec codec = new RecordCodec();
        Buffer wire = Buffer.buffer("prefix");
        ChangeContract.Changed sent = new ChangeContract.Changed(new TenantId("acme"), 41);

        codec.encodeToWire(wire, sent);

        RecordCodec.Encoded received = (RecordCodec.Encoded) codec.decodeFromWire(6, wire);
        assertThat(RecordJson.fromCbor(received.bytes(), ChangeContract.Changed.class))
                .isEqualTo(sent);
    }

    @Test
    void aMessageThatShouldHaveBeenPagesIsRefused() {
        Large large = new Large(java.util.Collections.nCopies(RecordCodec.MAX_BYTES / 4, "word"));

        assertThatThrownBy(() -> new RecordCodec().encodeToWire(Buffer.buffer(), large))
                .hasMessageContaining("pages");
    }
}
