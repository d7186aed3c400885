package dev.berth.agent;

import dev.berth.agent.Vault.Identity;
import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.JoinToken;
import dev.berth.tunnel.Limits;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.SigningBytes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the dialer an identity: the one in the vault, or a new one by the join token. The key is kept before it is sent,
 * so that an answer that got lost does not cost the token.
 */
final class Enroller {
    private static final Logger LOG = LoggerFactory.getLogger(Enroller.class);

    private final Vault vault;
    private final HttpClient client;
    private final Optional<JoinToken> token;
    private boolean doubted;

    Enroller(Vault vault, HttpClient client, Optional<JoinToken> token) {
        this.vault = vault;
        this.client = client;
        this.token = token;
    }

    /** The control plane does not know the key (any more): try to bring it in once more, where there is a token. */
    void doubt() {
        doubted = token.isPresent();
    }

    /** Fails with a {@link ProtocolViolation} where only a person can help. */
    Future<Identity> identity(String kubeSystemUid) {
        return vault.load().compose(found -> {
            boolean other = found.isPresent()
                    && token.isPresent()
                    && !token.get().cluster().equals(found.get().cluster());
            if (found.isPresent() && !other) {
                return found.get().enrolled() && !doubted
                        ? Future.succeededFuture(found.get())
                        : enrol(found.get(), kubeSystemUid);
            }
            if (token.isEmpty()) {
                return Future.failedFuture(new ProtocolViolation(
                        CloseCode.UNAUTHENTICATED,
                        "Expected a join token or a key of an enrolled cluster, but there is neither. Give the agent a"
                                + " joinToken."));
            }
            Identity made = Identity.of(token.get());
            return vault.save(made).compose(saved -> enrol(made, kubeSystemUid));
        });
    }

    private Future<Identity> enrol(Identity identity, String kubeSystemUid) {
        if (token.isEmpty()) {
            return Future.failedFuture(new ProtocolViolation(
                    CloseCode.UNAUTHENTICATED, "Expected the join token once more, since the enrolment did not end."));
        }
        byte[] publicKey = identity.key().publicKey();
        byte[] signature = identity.key().sign(SigningBytes.enrolment(token.get(), publicKey, kubeSystemUid));
        Base64.Encoder encoder = Base64.getEncoder();
        JsonObject body = new JsonObject()
                .put("token", token.get().text())
                .put("publicKey", encoder.encodeToString(publicKey))
                .put("kubeSystemUid", kubeSystemUid)
                .put("sig", encoder.encodeToString(signature));
        return client.request(HttpMethod.POST, Limits.ENROL_PATH)
                .compose(request ->
                        request.putHeader("content-type", "application/json").send(body.toBuffer()))
                .compose(response -> {
                    int status = response.statusCode();
                    return response.body().compose(answer -> answered(identity, status, answer.toString()));
                });
    }

    private Future<Identity> answered(Identity identity, int status, String answer) {
        if (status == 200) {
            LOG.info(
                    "cluster={} key={} is enrolled",
                    identity.cluster(),
                    identity.key().id());
            doubted = false;
            return vault.save(identity.accepted()).map(identity.accepted());
        }
        String detail = "Enrolment was answered with " + status + ": "
                + (answer.length() > 300 ? answer.substring(0, 300) : answer);
        boolean final4xx = status >= 400 && status < 500 && status != 429 && status != 408;
        return Future.failedFuture(
                final4xx
                        ? new ProtocolViolation(CloseCode.UNAUTHENTICATED, detail)
                        : new IllegalStateException(detail));
    }
}
