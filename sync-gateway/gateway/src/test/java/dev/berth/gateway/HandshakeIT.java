package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.gateway.ScriptedAgent.Closed;
import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.Limits;
import dev.berth.tunnel.v1.HelloBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is let in, and what the others are told. */
class HandshakeIT {
    private static final List<String> UPGRADE = List.of(
            "connection", "Upgrade",
            "upgrade", "websocket",
            "sec-websocket-version", "13",
            "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");

    @Test
    void aHelloThatProvesNothingIsClosedWith4001() throws Exception {
        try (Stage stage = Stage.set()) {
            stage.joined().close();
            HelloBody honest = stage.hello().build();

            ScriptedAgent wrongKey = stage.stranger();
            wrongKey.send(ScriptedAgent.hello(wrongKey.challenge(), honest, ClusterKey.generate()));
            ScriptedAgent replay = stage.stranger();
            replay.challenge();
            replay.send(ScriptedAgent.hello(new byte[32], honest, stage.key));
            ScriptedAgent relayed = stage.stranger();
            relayed.send(ScriptedAgent.hello(
                    relayed.challenge(), stage.hello().setHost("evil.example").build(), stage.key));
            ScriptedAgent unknownKey = stage.stranger();
            ClusterKey own = ClusterKey.generate();
            unknownKey.send(ScriptedAgent.hello(
                    unknownKey.challenge(),
                    ScriptedAgent.helloOf(stage.cluster(), own).build(),
                    own));

            for (ScriptedAgent liar : List.of(wrongKey, replay, relayed, unknownKey)) {
                assertThat(liar.closed())
                        .isEqualTo(new Closed(
                                4001, "Expected a key of this cluster, a fresh signature and a public host name."));
            }
            for (String id : new String[] {UUID.randomUUID().toString(), "nobody"}) {
                ScriptedAgent nobody = stage.stranger();
                nobody.send(ScriptedAgent.hello(
                        nobody.challenge(), stage.hello().setClusterId(id).build(), stage.key));
                assertThat(nobody.closeCode()).isEqualTo(4001);
            }
            assertThat(stage.tenancy.one(
                            "SELECT epoch FROM cluster_session WHERE cluster_id = ?", stage.tenancy.cluster()))
                    .as("no liar has moved the cluster's session")
                    .isEqualTo("1");
            stage.nothingIsStored();
            stage.gatewayServes();
            stage.theLogIsCalm();
        }
    }

    @Test
    void aRevokedKeyIsToldSoAndAnOtherVersionToo() throws Exception {
        try (Stage stage = Stage.set()) {
            stage.joined().close();
            ScriptedAgent future = stage.stranger();
            future.send(ScriptedAgent.hello(
                    future.challenge(),
                    stage.hello().setProtoMin(2).setProtoMax(3).build(),
                    stage.key));
            assertThat(future.closed()).isEqualTo(new Closed(4010, "Expected an agent that speaks protocol 1."));

            stage.tenancy.ask(
                    "UPDATE cluster_keys SET revoked_at = now() WHERE cluster_id = ? RETURNING key_id",
                    stage.tenancy.cluster());
            ScriptedAgent revoked = stage.stranger();
            revoked.send(ScriptedAgent.hello(revoked.challenge(), stage.hello().build(), stage.key));
            assertThat(revoked.closed())
                    .isEqualTo(new Closed(
                            4003, "The key of this cluster was revoked. Enrol again with a new join token."));
            stage.theLogIsCalm();
        }
    }

    @Test
    void whoeverSaysNothingIsClosedWhenItsTimeIsUp() throws Exception {
        try (Stage stage = Stage.set()) {
            ScriptedAgent silent = stage.stranger();
            silent.challenge();
            assertThat(silent.closed()).isEqualTo(new Closed(4009, "Expected the handshake within 5000 ms."));
            stage.gatewayServes();
            stage.theLogIsCalm();
        }
    }

    @Test
    void moreThanAGatewayHasRoomForAreToldWhenToComeAgain() throws Exception {
        try (Stage stage = Stage.withRoomFor(2, 16)) {
            ScriptedAgent first = stage.joined();
            ScriptedAgent second = stage.stranger();
            second.challenge();

            Stage.Answer third = upgrade(stage, Limits.SUBPROTOCOL);
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.retryAfter()).isEqualTo("1");
            assertThat(third.body().getString("detail")).isEqualTo("Expected fewer clusters to connect at once.");

            first.send(Frame.ping(1));
            assertThat(first.next(dev.berth.tunnel.FrameType.PONG)).isNotNull();
            second.close();
            first.close();
            GatewayBed.eventually(stage::gatewayServes);
            stage.theLogIsCalm();
        }
    }

    @Test
    void strangersTakeUpNoMoreThanTheirShareAndGiveItBack() throws Exception {
        try (Stage stage = Stage.withRoomFor(100, 3)) {
            List<ScriptedAgent> strangers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ScriptedAgent stranger = stage.stranger();
                stranger.challenge();
                strangers.add(stranger);
            }
            assertThat(upgrade(stage, Limits.SUBPROTOCOL).status()).isEqualTo(503);
            strangers.forEach(ScriptedAgent::close);
            GatewayBed.eventually(stage::gatewayServes);
        }
    }

    @Test
    void onlyOurSubProtocolIsSpokenHere() throws Exception {
        try (Stage stage = Stage.set()) {
            assertThat(upgrade(stage, "berth-tunnel.v0").status()).isEqualTo(400);
            assertThat(stage.answer(HttpMethod.GET, "/tunnel/v1", List.of(), Buffer.buffer())
                            .status())
                    .isEqualTo(400);
            assertThat(stage.answer(HttpMethod.GET, "/", List.of(), Buffer.buffer())
                            .status())
                    .isEqualTo(404);
            stage.gatewayServes();
            stage.theLogIsCalm();
        }
    }

    private static Stage.Answer upgrade(Stage stage, String protocol) {
        List<String> headers = new ArrayList<>(UPGRADE);
        headers.addAll(List.of("sec-websocket-protocol", protocol));
        return stage.answer(HttpMethod.GET, Limits.TUNNEL_PATH, headers, Buffer.buffer());
    }
}
