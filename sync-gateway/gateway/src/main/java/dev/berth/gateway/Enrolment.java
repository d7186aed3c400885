package dev.berth.gateway;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.JoinToken;
import dev.berth.tunnel.SigningBytes;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /tunnel/v1/enroll}: a cluster brings its one-time token and the public half of the key that it made. The
 * same token with the same key is answered again, since an answer can get lost; with another key it is refused, and that
 * is worth a look.
 */
final class Enrolment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final int UID_CHARS = 253;

    private final Gatehouse house;

    Enrolment(Gatehouse house) {
        this.house = house;
    }

    /** What was sent, once it is known to be well formed. */
    private record Request(JoinToken token, UUID cluster, byte[] publicKey, String kubeSystemUid, byte[] signature) {
        boolean proven() {
            return ClusterKey.verify(publicKey, SigningBytes.enrolment(token, publicKey, kubeSystemUid), signature);
        }
    }

    void handle(RoutingContext call) {
        if (!house.admitsHandshake()) {
            answer(call, new Refusal.Busy("Expected fewer clusters to join at once.", 5));
            return;
        }
        house.handshakeBegins();
        enrol(call)
                .onComplete(done -> house.handshakeOver())
                .onSuccess(answer -> call.response()
                        .putHeader("content-type", "application/json")
                        .end(answer.encode()))
                .onFailure(failure -> {
                    if (failure instanceof Refused refused) {
                        answer(call, refused.refusal());
                    } else {
                        LOG.error("An enrolment failed", failure);
                        answer(call, new Refusal.Busy("Expected the store to answer, but it did not.", 5));
                    }
                });
    }

    private Future<JsonObject> enrol(RoutingContext call) {
        Request request;
        try {
            request = read(call);
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
        String keyId = ClusterKey.id(request.publicKey);
        return house.vertx()
                .executeBlocking(request::proven, false)
                .compose(proven -> {
                    if (!proven) {
                        throw new Refused(
                                new Refusal.Unauthenticated("Expected a signature by the key that was sent.", ""));
                    }
                    return house.store()
                            .enrol(request.cluster, request.token, keyId, request.publicKey, request.kubeSystemUid);
                })
                .map(outcome -> outcome(outcome, request.cluster, keyId));
    }

    private JsonObject outcome(String outcome, UUID cluster, String keyId) {
        switch (outcome) {
            case "enrolled" -> {
                LOG.info("cluster={} key={} enrolled", cluster, keyId);
                return new JsonObject().put("clusterId", cluster.toString()).put("keyId", keyId);
            }
            case "taken" -> {
                house.meters().rejoins.increment();
                LOG.warn("cluster={} key={} came with a join token that another key had used", cluster, keyId);
                throw new Refused(new Refusal.Conflict(
                        "Expected a join token that is unused, but another key has used it.",
                        "Make a new join token, and find out who used this one."));
            }
            case "expired" ->
                throw new Refused(new Refusal.Unauthenticated(
                        "Expected a join token that is valid, but it has expired.", "Make a new join token."));
            default ->
                throw new Refused(new Refusal.Unauthenticated(
                        "Expected a join token of this control plane, but it is unknown.", "Make a new join token."));
        }
    }

    private static Request read(RoutingContext call) {
        try {
            JsonObject body = new JsonObject(call.body().buffer());
            JoinToken token = JoinToken.parse(text(body, "token"));
            UUID cluster = uuid(token.cluster().value());
            String kubeSystemUid = text(body, "kubeSystemUid");
            if (cluster == null
                    || kubeSystemUid.length() > UID_CHARS
                    || kubeSystemUid.chars().anyMatch(c -> c < ' ')) {
                throw malformed();
            }
            return new Request(token, cluster, bytes(body, "publicKey"), kubeSystemUid, bytes(body, "sig"));
        } catch (DecodeException | ClassCastException | IllegalArgumentException | NullPointerException unreadable) {
            throw malformed();
        }
    }

    private static String text(JsonObject body, String name) {
        String value = body.getString(name);
        if (value == null) {
            throw malformed();
        }
        return value;
    }

    private static byte[] bytes(JsonObject body, String name) {
        return Base64.getDecoder().decode(text(body, name));
    }

    private static Refused malformed() {
        return new Refused(
                new Refusal.Malformed(
                        "Expected JSON {\"token\", \"publicKey\", \"kubeSystemUid\", \"sig\"} with a join token and base64 bytes."));
    }

    static @Nullable UUID uuid(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** The refusal as RFC 9457 has it. */
    static void answer(RoutingContext call, Refusal refusal) {
        if (refusal instanceof Refusal.Busy busy) {
            call.response().putHeader("retry-after", Integer.toString(busy.retryAfterSeconds()));
        }
        call.response()
                .setStatusCode(refusal.status())
                .putHeader("content-type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("status", refusal.status())
                        .put("code", refusal.code())
                        .put("detail", refusal.detail())
                        .put("hint", refusal.hint())
                        .encode());
    }
}
