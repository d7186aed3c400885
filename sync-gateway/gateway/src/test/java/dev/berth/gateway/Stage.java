package dev.berth.gateway;

import static dev.berth.gateway.GatewayBed.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.ClusterId;
import dev.berth.schema.SharedDatabase;
import dev.berth.schema.Tenancy;
import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.JoinToken;
import dev.berth.tunnel.SigningBytes;
import dev.berth.tunnel.v1.HelloBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.util.Base64;
import java.util.List;

/** A gateway, a cluster that belongs there, and somebody who plays the cluster, well or badly. */
final class Stage implements AutoCloseable {
    final ClusterKey key = ClusterKey.generate();
    final GatewayBed bed;
    final Tenancy tenancy;
    final LogWatch log = LogWatch.open();
    private final Connection db;
    private final int port;
    private final HttpClient http;

    private Stage(int maxTunnels, int maxHandshakes) throws Exception {
        db = SharedDatabase.admin();
        tenancy = Tenancy.create(db);
        bed = new GatewayBed();
        http = bed.vertx().createHttpClient();
        port = bed.startGateway(0, maxTunnels, maxHandshakes);
    }

    static Stage set() throws Exception {
        return new Stage(100, 16);
    }

    static Stage withRoomFor(int tunnels, int handshakes) throws Exception {
        return new Stage(tunnels, handshakes);
    }

    int port() {
        return port;
    }

    ClusterId cluster() {
        return new ClusterId(tenancy.cluster().toString());
    }

    HelloBody.Builder hello() {
        return ScriptedAgent.helloOf(cluster(), key);
    }

    /** A connection that has said nothing yet. */
    ScriptedAgent stranger() {
        return ScriptedAgent.dial(bed.vertx(), port);
    }

    /** A connection with an open session. */
    ScriptedAgent joined() throws Exception {
        if (tenancy.one("SELECT key_id FROM cluster_keys WHERE cluster_id = ?", tenancy.cluster())
                .isEmpty()) {
            assertThat(enrol(JoinToken.parse(tenancy.token("1 hour")), key).getString("keyId"))
                    .isEqualTo(key.id());
        }
        ScriptedAgent peer = stranger();
        peer.join(cluster(), key);
        return peer;
    }

    /** A session of another cluster of the same tenant. */
    ScriptedAgent joined(Tenancy sibling) throws Exception {
        ClusterKey other = ClusterKey.generate();
        assertThat(enrol(JoinToken.parse(sibling.token("1 hour")), other).getString("keyId"))
                .isEqualTo(other.id());
        ScriptedAgent peer = stranger();
        peer.join(new ClusterId(sibling.cluster().toString()), other);
        return peer;
    }

    /** The next connection is served as if nothing had happened. */
    void gatewayServes() throws Exception {
        ScriptedAgent peer = joined();
        peer.send(Frame.ping(7));
        assertThat(peer.next(FrameType.PONG)).isNotNull();
        peer.close();
    }

    /** Nothing that a peer brought is in a table that keeps reports, or was told to those who watch. */
    void nothingIsStored() throws Exception {
        assertThat(tenancy.ask(
                        "SELECT kind || '/' || uid FROM observed_objects WHERE cluster_id = ? UNION ALL"
                                + " SELECT 'Node/' || name FROM nodes WHERE cluster_id = ? UNION ALL"
                                + " SELECT kind || '/' || object_id FROM outbox WHERE tenant_id = ? AND kind <> 'Cluster'",
                        tenancy.cluster(),
                        tenancy.cluster(),
                        tenancy.tenant()))
                .isEmpty();
    }

    void theLogIsCalm() {
        assertThat(log.alarms()).isEmpty();
    }

    JsonObject enrol(JoinToken token, ClusterKey with) {
        return post(enrolment(token, with).toBuffer());
    }

    static JsonObject enrolment(JoinToken token, ClusterKey with) {
        Base64.Encoder encoder = Base64.getEncoder();
        byte[] signature = with.sign(SigningBytes.enrolment(token, with.publicKey(), "uid"));
        return new JsonObject()
                .put("token", token.text())
                .put("publicKey", encoder.encodeToString(with.publicKey()))
                .put("kubeSystemUid", "uid")
                .put("sig", encoder.encodeToString(signature));
    }

    JsonObject post(Buffer body) {
        return answer(HttpMethod.POST, "/tunnel/v1/enroll", List.of(), body).body();
    }

    /** What came back, as far as the tests ask. */
    record Answer(int status, String retryAfter, JsonObject body) {}

    Answer answer(HttpMethod method, String path, List<String> headers, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path);
        for (int i = 0; i < headers.size(); i += 2) {
            options.putHeader(headers.get(i), headers.get(i + 1));
        }
        return get(http.request(options).compose(request -> request.send(body)).compose(response -> response.body()
                .map(read -> new Answer(
                        response.statusCode(),
                        String.valueOf(response.getHeader("retry-after")),
                        read.toJsonObject()))));
    }

    @Override
    public void close() throws Exception {
        bed.close();
        log.close();
        db.close();
    }
}
