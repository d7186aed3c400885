package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.live.Event;
import dev.berth.api.server.live.LiveStreams;
import dev.berth.api.server.live.Subscription;
import dev.berth.api.server.usecase.Clusters;
import dev.berth.api.server.usecase.Nodes;
import dev.berth.api.server.usecase.Projects;
import dev.berth.api.server.usecase.WorkloadView;
import dev.berth.api.server.usecase.Workloads;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Page;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists that go on: first the objects that are there, page by page as they are read, then every change. */
final class Streams implements Handlers {
    private static final Set<String> TOPICS = Set.of("workloads", "nodes", "clusters", "projects", "samples");

    private final LiveStreams live;
    private final Workloads workloads;
    private final Projects projects;
    private final Clusters clusters;
    private final Nodes nodes;

    /** Reads the next page of what is there. */
    private interface Source {
        Future<Page<ObjectNode>> page(@Nullable String cursor);
    }

    Streams(LiveStreams live, Workloads workloads, Projects projects, Clusters clusters, Nodes nodes) {
        this.live = live;
        this.workloads = workloads;
        this.projects = projects;
        this.clusters = clusters;
        this.nodes = nodes;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of("watch", this::watch);
    }

    Future<Reply> workloads(Ask ask) {
        var filter = WorkloadRoutes.filter(ask);
        return follow(ask, "workloads", cursor -> workloads
                .list(ask.who(), new Workloads.Asked(filter, "createdAt", cursor, Ask.MAX_LIMIT, false))
                .map(listing ->
                        new Page<>(listing.rows().stream().map(WorkloadView::of).toList(), listing.next())));
    }

    Future<Reply> projects(Ask ask) {
        return follow(
                ask, "projects", cursor -> projects.list(ask.who(), ask.words("department"), cursor, Ask.MAX_LIMIT));
    }

    Future<Reply> clusters(Ask ask) {
        return follow(ask, "clusters", cursor -> clusters.list(ask.who(), cursor, Ask.MAX_LIMIT));
    }

    Future<Reply> nodes(Ask ask) {
        return follow(
                ask,
                "nodes",
                cursor -> nodes.list(
                        ask.who(), new Nodes.Asked(ask.words("cluster"), ask.words("pool"), cursor, Ask.MAX_LIMIT)));
    }

    private Future<Reply> watch(Ask ask) {
        List<String> topics = ask.words("topics");
        if (topics.isEmpty() || !TOPICS.containsAll(topics)) {
            throw new Refused(new Refusal.Malformed(
                    "Expected topics from " + TOPICS.stream().sorted().toList() + "."));
        }
        return live.begin(ask.who().tenant(), ask.resumeFrom()).map(version -> {
            EventStream stream = stream(ask, true);
            subscribe(ask, Set.copyOf(topics), version, stream);
            stream.bookmarked(version);
            return Reply.STREAM;
        });
    }

    private Future<Reply> follow(Ask ask, String topic, Source source) {
        long from = ask.resumeFrom();
        return live.begin(ask.who().tenant(), from).map(version -> {
            EventStream stream = stream(ask, false);
            if (from >= 0) {
                subscribe(ask, Set.of(topic), version, stream);
                return Reply.STREAM;
            }
            tellAll(ask, topic, source, stream, null)
                    .onSuccess(done -> {
                        stream.bookmarked(version);
                        subscribe(ask, Set.of(topic), version, stream);
                    })
                    .onFailure(broken -> ask.request().connection().close());
            return Reply.STREAM;
        });
    }

    private Future<Void> tellAll(Ask ask, String topic, Source source, EventStream stream, @Nullable String cursor) {
        return source.page(cursor).compose(page -> {
            stream.changed(page.items().stream()
                    .map(object -> new Event(0, topic, "ADDED", Set.of(), Json.text(object), null))
                    .toList());
            String next = page.next();
            return stream.drained()
                    .compose(v -> next == null || ask.request().response().closed()
                            ? Future.succeededFuture()
                            : tellAll(ask, topic, source, stream, next));
        });
    }

    private static EventStream stream(Ask ask, boolean multiplexed) {
        var stream = new EventStream(ask.request().response(), multiplexed, ask.requestId());
        stream.open();
        return stream;
    }

    private void subscribe(Ask ask, Set<String> topics, long version, EventStream stream) {
        Principal who = ask.who();
        var filter = topics.contains("samples") || ask.operation().id().equals("watch")
                ? Subscription.Filter.NONE
                : new Subscription.Filter(words(ask, "project"), words(ask, "cluster"), words(ask, "pool"));
        var subscription = new Subscription(who.tenant(), topics, filter, version, stream);
        var response = ask.request().response();
        if (response.closed()) {
            return;
        }
        response.exceptionHandler(broken -> live.remove(subscription));
        response.closeHandler(closed -> live.remove(subscription));
        try {
            live.add(subscription);
        } catch (Refused refused) {
            stream.fail(refused.refusal());
            response.end();
        }
    }

    private static Set<String> words(Ask ask, String name) {
        return ask.operation().query().contains(name) ? Set.copyOf(ask.words(name)) : Set.of();
    }
}
