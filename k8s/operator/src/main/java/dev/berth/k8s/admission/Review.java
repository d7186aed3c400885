package dev.berth.k8s.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** One question of the API server (admission.k8s.io/v1), and the answers to it. */
record Review(String uid, String kind, String operation, String namespace, JsonNode object, JsonNode before) {
    private static final int MAX_DEPTH = 100;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    /** Reads a request's body; empty where it is no review. */
    static Optional<Review> read(byte[] body) {
        try {
            JsonNode request = JSON.readTree(body).path("request");
            String uid = request.path("uid").asText();
            return uid.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Review(
                            uid,
                            request.at("/kind/kind").asText(),
                            request.path("operation").asText(),
                            request.path("namespace").asText(),
                            request.path("object"),
                            request.path("oldObject")));
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    byte[] allow() {
        return bytes(response(true));
    }

    byte[] refuse(String message) {
        ObjectNode response = response(false);
        ((ObjectNode) response.get("response"))
                .putObject("status")
                .put("code", 422)
                .put("reason", "Invalid")
                .put("message", message);
        return bytes(response);
    }

    byte[] patch(ArrayNode operations) {
        ObjectNode response = response(true);
        if (!operations.isEmpty()) {
            ((ObjectNode) response.get("response"))
                    .put("patchType", "JSONPatch")
                    .put("patch", bytes(operations));
        }
        return bytes(response);
    }

    private ObjectNode response(boolean allowed) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        review.putObject("response").put("uid", uid).put("allowed", allowed);
        return review;
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
