package dev.berth.api.server.grpc;

import com.google.protobuf.Descriptors;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.live.Event;
import dev.berth.api.server.live.LiveStreams;
import dev.berth.api.server.live.Subscription;
import dev.berth.api.server.rest.Gate;
import dev.berth.api.server.store.WorkloadFilter;
import dev.berth.api.server.store.WorkloadRow;
import dev.berth.api.server.usecase.Outcome;
import dev.berth.api.server.usecase.Workloads;
import dev.berth.api.v1.GetRequest;
import dev.berth.api.v1.ListReply;
import dev.berth.api.v1.ListRequest;
import dev.berth.api.v1.SubmitRequest;
import dev.berth.api.v1.WatchRequest;
import dev.berth.api.v1.Workload;
import dev.berth.api.v1.WorkloadEvent;
import dev.berth.api.v1.WorkloadsGrpcService;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code berth.v1.Workloads}. */
public final class GrpcApi implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcApi.class);
    private static final int MAX_PAGE = 500;
    private static final int STANDARD_PAGE = 50;
    private static final String CODE_TRAILER = "berth-code";

    private final Workloads workloads;
    private final LiveStreams live;
    private final Gate gate;

    public GrpcApi(Workloads workloads, LiveStreams live, Gate gate) {
        this.workloads = workloads;
        this.live = live;
        this.gate = gate;
    }

    @Override
    public ServiceName name() {
        return WorkloadsGrpcService.SERVICE_NAME;
    }

    @Override
    public Descriptors.ServiceDescriptor descriptor() {
        return WorkloadsGrpcService.SERVICE_DESCRIPTOR;
    }

    @Override
    public void bind(GrpcServer server) {
        server.callHandler(WorkloadsGrpcService.Submit, call -> unary(call, this::submit));
        server.callHandler(WorkloadsGrpcService.Get, call -> unary(call, this::get));
        server.callHandler(WorkloadsGrpcService.List, call -> unary(call, this::list));
        server.callHandler(WorkloadsGrpcService.Watch, this::watch);
    }

    private Future<Workload> submit(Principal who, SubmitRequest request) {
        return workloads.submit(who, List.of(Messages.json(request))).map(outcomes -> {
            Outcome outcome = outcomes.get(0);
            Refusal refusal = outcome.refusal();
            WorkloadRow row = outcome.workload();
            if (refusal != null || row == null) {
                throw new Refused(refusal == null ? new Refusal.Malformed("Nothing came of it.") : refusal);
            }
            return Messages.workload(row);
        });
    }

    private Future<Workload> get(Principal who, GetRequest request) {
        return workloads.get(who, request.getWorkload(), request.getProject()).map(Messages::workload);
    }

    private Future<ListReply> list(Principal who, ListRequest request) {
        int limit = request.getLimit() == 0 ? STANDARD_PAGE : request.getLimit();
        if (limit < 1 || limit > MAX_PAGE) {
            throw new Refused(new Refusal.Malformed("Expected a limit of 1 to " + MAX_PAGE + "."));
        }
        var filter = new WorkloadFilter(
                words(request.getProject()),
                words(request.getStatus()),
                List.of(),
                words(request.getCluster()),
                words(request.getPool()),
                "");
        String cursor = request.getCursor().isEmpty() ? null : request.getCursor();
        return workloads
                .list(who, new Workloads.Asked(filter, "-createdAt", cursor, limit, false))
                .map(listing -> {
                    var reply = ListReply.newBuilder();
                    listing.rows().forEach(row -> reply.addItems(Messages.workload(row)));
                    String next = listing.next();
                    return reply.setNext(next == null ? "" : next).build();
                });
    }

    private void watch(GrpcServerRequest<WatchRequest, WorkloadEvent> call) {
        var stream = new WorkloadWatch(call.response());
        admitted(call)
                .compose(who -> call.last().compose(request -> follow(call, who, request, stream)))
                .onFailure(failure -> {
                    stream.over();
                    refuse(call, failure);
                });
    }

    private Future<Void> follow(
            GrpcServerRequest<WatchRequest, WorkloadEvent> call,
            Principal who,
            WatchRequest request,
            WorkloadWatch stream) {
        long from = request.getFromVersion() > 0 ? request.getFromVersion() : -1;
        var scope = new Subscription.Filter(
                Set.copyOf(words(request.getProject())),
                Set.copyOf(words(request.getCluster())),
                Set.copyOf(words(request.getPool())));
        return live.begin(who.tenant(), from)
                .compose(version -> (from < 0 ? tellAll(who, scope, stream, null) : Future.<Void>succeededFuture())
                        .map(told -> {
                            if (!stream.isOver()) {
                                var subscription =
                                        new Subscription(who.tenant(), Set.of("workloads"), scope, version, stream);
                                call.response().exceptionHandler(broken -> leave(subscription, stream));
                                call.exceptionHandler(broken -> leave(subscription, stream));
                                call.errorHandler(cancelled -> leave(subscription, stream));
                                live.add(subscription);
                                stream.quiet(version);
                            }
                            return null;
                        }));
    }

    private void leave(Subscription subscription, WorkloadWatch stream) {
        stream.over();
        live.remove(subscription);
    }

    private Future<Void> tellAll(
            Principal who, Subscription.Filter scope, WorkloadWatch stream, @Nullable String cursor) {
        var filter = new WorkloadFilter(
                List.copyOf(scope.projects()),
                List.of(),
                List.of(),
                List.copyOf(scope.clusters()),
                List.copyOf(scope.pools()),
                "");
        return workloads
                .list(who, new Workloads.Asked(filter, "createdAt", cursor, MAX_PAGE, false))
                .compose(listing -> {
                    stream.changed(listing.rows().stream()
                            .map(row -> new Event(row.version(), "workloads", "ADDED", Set.of(), "", row))
                            .toList());
                    String next = listing.next();
                    return stream.drained()
                            .compose(v -> next == null || stream.isOver()
                                    ? Future.succeededFuture()
                                    : tellAll(who, scope, stream, next));
                });
    }

    private <Q, R> void unary(GrpcServerRequest<Q, R> call, BiFunction<Principal, Q, Future<R>> work) {
        Future<Q> message = call.last();
        admitted(call)
                .compose(who -> message.compose(request -> work.apply(who, request)))
                .onSuccess(call.response()::end)
                .onFailure(failure -> refuse(call, failure));
    }

    private Future<Principal> admitted(GrpcServerRequest<?, ?> call) {
        String token = Gate.bearer(call.headers().get("authorization"));
        return token == null
                ? Future.failedFuture(new Refused(new Refusal.Unauthenticated(
                        "Expected a bearer token in the metadata key \"authorization\".", "Sign in first.")))
                : gate.admitToken(token);
    }

    private static void refuse(GrpcServerRequest<?, ?> call, Throwable failure) {
        var response = call.response();
        if (failure instanceof Refused refused) {
            Refusal refusal = refused.refusal();
            response.trailers().set(CODE_TRAILER, refusal.code());
            response.status(status(refusal.status())).statusMessage(text(refusal));
        } else {
            LOG.error("{} failed", call.fullMethodName(), failure);
            response.status(GrpcStatus.INTERNAL).statusMessage("Something went wrong on our side.");
        }
        response.end();
    }

    private static String text(Refusal refusal) {
        var text = new StringBuilder(refusal.detail());
        if (refusal instanceof Refusal.Invalid invalid) {
            invalid.errors().stream().limit(5).forEach(error -> text.append(' ')
                    .append(error.pointer())
                    .append(": ")
                    .append(error.detail()));
        }
        // The status message is a header: printable ASCII only.
        return text.toString().replaceAll("[^ -~]", "?");
    }

    private static GrpcStatus status(int http) {
        return switch (http) {
            case 400, 422 -> GrpcStatus.INVALID_ARGUMENT;
            case 401 -> GrpcStatus.UNAUTHENTICATED;
            case 403 -> GrpcStatus.PERMISSION_DENIED;
            case 404 -> GrpcStatus.NOT_FOUND;
            case 409 -> GrpcStatus.ALREADY_EXISTS;
            case 410 -> GrpcStatus.OUT_OF_RANGE;
            case 412, 428 -> GrpcStatus.FAILED_PRECONDITION;
            case 413, 429 -> GrpcStatus.RESOURCE_EXHAUSTED;
            case 503 -> GrpcStatus.UNAVAILABLE;
            default -> GrpcStatus.UNKNOWN;
        };
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", 100))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }
}
