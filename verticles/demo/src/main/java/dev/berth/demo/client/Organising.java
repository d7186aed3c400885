package dev.berth.demo.client;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Makes clusters, departments and projects through the API, as an administrator does; what is there already stays. */
public final class Organising {
    private final ApiClient client;
    private final Predicate<String> enrolled;

    /** @param enrolled whether the cluster of that name has a key already */
    public Organising(ApiClient client, Predicate<String> enrolled) {
        this.client = client;
        this.enrolled = enrolled;
    }

    /** Succeeds with a join token for each cluster that has no key. */
    public Future<Map<String, String>> organise(List<Organisation.Site> sites) {
        Map<String, String> tokens = new LinkedHashMap<>();
        Future<Void> chain = Future.succeededFuture();
        for (Organisation.Site site : sites) {
            chain = chain.compose(done -> cluster(site.cluster(), tokens));
        }
        for (String department : Organisation.departments()) {
            chain = chain.compose(done -> client.ensure("/departments", Organisation.department(department, sites)));
        }
        for (Organisation.Member member : Organisation.MEMBERS) {
            chain = chain.compose(done -> client.ensure("/projects", Organisation.project(member, sites)));
        }
        return chain.map(tokens);
    }

    private Future<Void> cluster(String name, Map<String, String> tokens) {
        JsonObject body = new JsonObject().put("metadata", new JsonObject().put("name", name));
        return client.ensure("/clusters", body)
                .compose(done -> enrolled.test(name) ? Future.succeededFuture() : join(name, tokens));
    }

    private Future<Void> join(String name, Map<String, String> tokens) {
        return client.post("/clusters/" + name + "/join-token", new JsonObject())
                .onSuccess(answer -> tokens.put(name, answer.getString("token")))
                .mapEmpty();
    }
}
