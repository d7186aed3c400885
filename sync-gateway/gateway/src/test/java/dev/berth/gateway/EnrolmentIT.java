package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ClusterId;
import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.JoinToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A join token brings in one key, once, while it lives. */
class EnrolmentIT {
    private Stage stage;

    @BeforeEach
    void begin() throws Exception {
        stage = Stage.set();
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void aTokenIsForOneKeyAndAnswersThatKeyAgain() throws Exception {
        JoinToken token = JoinToken.parse(stage.tenancy.token("1 hour"));
        assertThat(stage.enrol(token, stage.key).getInteger("status", 200)).isEqualTo(200);
        assertThat(stage.enrol(token, stage.key).getString("keyId")).isEqualTo(stage.key.id());

        JsonObject other = stage.enrol(token, ClusterKey.generate());

        assertThat(other.getInteger("status")).isEqualTo(409);
        assertThat(other.getString("detail")).contains("another key has used it");
        assertThat(stage.bed.counter("berth_gateway_token_conflicts_total")).isEqualTo(1);
        assertThat(stage.tenancy.ask("SELECT key_id FROM cluster_keys WHERE cluster_id = ?", stage.tenancy.cluster()))
                .containsExactly(stage.key.id());
        secretsStaySecret(token, other.encode());
    }

    @Test
    void tokensThatAreExpiredOrForeignAreRefusedAndBringNobodyIn() throws Exception {
        JoinToken expired = JoinToken.parse(stage.tenancy.token("-1 second"));
        JsonObject late = stage.enrol(expired, stage.key);
        assertThat(late.getInteger("status")).isEqualTo(401);
        assertThat(late.getString("detail")).contains("expired");

        JoinToken token = JoinToken.parse(stage.tenancy.token("1 hour"));
        JoinToken foreign = new JoinToken(new ClusterId(UUID.randomUUID().toString()), token.secret(), "none");
        JsonObject unknown = stage.enrol(foreign, stage.key);
        assertThat(unknown.getInteger("status")).isEqualTo(401);
        assertThat(unknown.getString("detail")).contains("unknown");

        JsonObject unproven =
                Stage.enrolment(token, stage.key).put("sig", Base64.getEncoder().encodeToString(new byte[64]));
        assertThat(stage.post(unproven.toBuffer()).getInteger("status")).isEqualTo(401);

        assertThat(stage.tenancy.ask("SELECT key_id FROM cluster_keys WHERE cluster_id = ?", stage.tenancy.cluster()))
                .isEmpty();
        assertThat(stage.enrol(token, stage.key).getInteger("status", 200)).isEqualTo(200);
        secretsStaySecret(token, late.encode() + unknown.encode());
    }

    @Test
    void bodiesThatAreNoEnrolmentGetAClearAnswer() throws Exception {
        for (String text : new String[] {"", "{", "[]", "null", "{\"token\":7}", "{\"token\":\"bt1.x\"}"}) {
            JsonObject answer = stage.post(Buffer.buffer(text));
            assertThat(answer.getInteger("status")).as(text).isEqualTo(400);
            assertThat(answer.getString("detail")).startsWith("Expected JSON");
        }
        JsonObject large = stage.post(Buffer.buffer(new byte[100_000]));
        assertThat(large.getInteger("status")).isEqualTo(413);
        assertThat(large.getString("detail")).isEqualTo("Expected at most 8192 bytes.");
        stage.gatewayServes();
        stage.theLogIsCalm();
    }

    private void secretsStaySecret(JoinToken token, String answers) {
        assertThat(answers).doesNotContain(token.secret());
        assertThat(stage.log.lines()).noneMatch(line -> line.contains(token.secret()));
        stage.theLogIsCalm();
    }
}
