package dev.berth.k8s.charts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The REST API of the control plane as an administrator with a token has it. */
record Rest(String base, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    String get(String path) {
        return send(request(path).GET());
    }

    String post(String path, String body) {
        return send(request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A cluster and a project with quota on it; gives the cluster's join token. */
    String organise() {
        post("/clusters", "{\"metadata\": {\"name\": \"lab\"}}");
        post("/departments", "{\"metadata\": {\"name\": \"lab\"}, \"spec\": {\"quotas\": []}}");
        post("/projects", """
                {"metadata": {"name": "team"}, "spec": {"department": "lab",
                  "quotas": [{"cluster": "lab", "nodePool": "default", "gpuMilli": {"quota": 8000}}]}}""");
        return Chart.read(post("/clusters/lab/join-token", "{}")).path("token").asText();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .header("authorization", "Bearer " + token);
    }

    private static String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError("The API answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
