package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.v1.GetRequest;
import dev.berth.api.v1.Gpu;
import dev.berth.api.v1.ListRequest;
import dev.berth.api.v1.SubmitRequest;
import dev.berth.api.v1.WatchRequest;
import dev.berth.api.v1.Workload;
import dev.berth.api.v1.WorkloadEvent;
import dev.berth.api.v1.WorkloadSpec;
import dev.berth.api.v1.WorkloadsGrpcClient;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same workloads over gRPC. */
final class GrpcIT {
    private ApiProcess api;
    private ApiProcess.Tenant tenant;
    private GrpcClient client;
    private SocketAddress address;

    @BeforeEach
    void aCluster() throws Exception {
        api = ApiProcess.get();
        tenant = api.tenant("grpc");
        api.as(tenant.admin()).post("/clusters", Given.cluster("c"));
        api.as(tenant.admin()).post("/projects", Given.project("p", 1));
        client = GrpcClient.client(api.vertx);
        address = SocketAddress.inetSocketAddress(api.listening.grpcPort(), "127.0.0.1");
    }

    @AfterEach
    void close() throws Exception {
        ApiProcess.await(client.close());
    }

    @Test
    void submitGetAndList() throws Exception {
        Workload submitted = ApiProcess.await(call(WorkloadsGrpcClient.Submit, submit("w", "p"), tenant.researcher()));
        assertThat(submitted.getStatus().getPhase()).isEqualTo("Queued");
        assertThat(submitted.getSpec().getNodePool()).isEqualTo("default");

        var got = ApiProcess.await(call(
                WorkloadsGrpcClient.Get,
                GetRequest.newBuilder().setWorkload("w").build(),
                tenant.researcher()));
        assertThat(got.getId()).isEqualTo(submitted.getId());
        assertThat(got.getSpec().getGpu().getFractionMilli()).isEqualTo(500);
        var listed = ApiProcess.await(call(
                WorkloadsGrpcClient.List,
                ListRequest.newBuilder().setProject("p").build(),
                tenant.researcher()));
        assertThat(listed.getItemsList()).hasSize(1);
        assertThat(api.as(tenant.researcher())
                        .get("/workloads/w")
                        .body()
                        .at("/metadata/id")
                        .asText())
                .isEqualTo(submitted.getId());
    }

    @Test
    void refusalsAreStatuses() throws Exception {
        assertThatThrownBy(() ->
                        ApiProcess.await(call(WorkloadsGrpcClient.Submit, submit("w", "nowhere"), tenant.researcher())))
                .satisfies(failed -> assertThat(status(failed)).isEqualTo(GrpcStatus.INVALID_ARGUMENT));
        assertThatThrownBy(() -> ApiProcess.await(call(WorkloadsGrpcClient.Submit, submit("w", "p"), "berth_pat_none")))
                .satisfies(failed -> assertThat(status(failed)).isEqualTo(GrpcStatus.UNAUTHENTICATED));
        ApiProcess.Tenant other = api.tenant("grpc-other");
        String id = ApiProcess.await(call(WorkloadsGrpcClient.Submit, submit("mine", "p"), tenant.researcher()))
                .getId();
        assertThatThrownBy(() -> ApiProcess.await(call(
                        WorkloadsGrpcClient.Get,
                        GetRequest.newBuilder().setWorkload(id).build(),
                        other.admin())))
                .satisfies(failed -> assertThat(status(failed)).isEqualTo(GrpcStatus.NOT_FOUND));
    }

    @Test
    void watchTellsWhatChanges() throws Exception {
        var events = new LinkedBlockingQueue<WorkloadEvent>();
        var opened = client.request(address, WorkloadsGrpcClient.Watch).compose(request -> {
            request.headers().set("authorization", "Bearer " + tenant.researcher());
            request.end(WatchRequest.getDefaultInstance());
            return request.response().onSuccess(response -> response.handler(events::add));
        });
        ApiProcess.await(opened);
        assertThat(take(events).getType()).isEqualTo(WorkloadEvent.Type.BOOKMARK);
        ApiProcess.await(call(WorkloadsGrpcClient.Submit, submit("w", "p"), tenant.researcher()));
        WorkloadEvent added = take(events);
        while (added.getType() == WorkloadEvent.Type.BOOKMARK) {
            added = take(events);
        }
        assertThat(added.getType()).isEqualTo(WorkloadEvent.Type.ADDED);
        assertThat(added.getWorkload().getName()).isEqualTo("w");
    }

    @Test
    void healthAndReflectionAnswerWithoutASignIn() throws Exception {
        ServiceMethod<HealthCheckResponse, HealthCheckRequest> check = ServiceMethod.client(
                ServiceName.create("grpc.health.v1", "Health"),
                "Check",
                GrpcMessageEncoder.<HealthCheckRequest>encoder(),
                GrpcMessageDecoder.<HealthCheckResponse>decoder(HealthCheckResponse.newBuilder()));
        var health = ApiProcess.await(call(
                check,
                HealthCheckRequest.newBuilder().setService("berth.v1.Workloads").build(),
                null));
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);

        ServiceMethod<ServerReflectionResponse, ServerReflectionRequest> info = ServiceMethod.client(
                ServiceName.create("grpc.reflection.v1", "ServerReflection"),
                "ServerReflectionInfo",
                GrpcMessageEncoder.<ServerReflectionRequest>encoder(),
                GrpcMessageDecoder.<ServerReflectionResponse>decoder(ServerReflectionResponse.newBuilder()));
        var services = ApiProcess.await(call(
                info, ServerReflectionRequest.newBuilder().setListServices("").build(), null));
        assertThat(services.getListServicesResponse().getServiceList().toString())
                .contains("berth.v1.Workloads");
    }

    private static WorkloadEvent take(LinkedBlockingQueue<WorkloadEvent> events) throws InterruptedException {
        WorkloadEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private static GrpcStatus status(Throwable failed) {
        Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
        return ((InvalidStatusException) cause).actualStatus();
    }

    private static SubmitRequest submit(String name, String project) {
        return SubmitRequest.newBuilder()
                .setName(name)
                .setSpec(WorkloadSpec.newBuilder()
                        .setProject(project)
                        .setCluster("c")
                        .setImage("ubuntu")
                        .setGpu(Gpu.newBuilder().setFractionMilli(500)))
                .build();
    }

    private <Q, R> Future<R> call(ServiceMethod<R, Q> method, Q message, String token) {
        return client.request(address, method).compose(request -> {
            if (token != null) {
                request.headers().set("authorization", "Bearer " + token);
            }
            request.end(message);
            return request.response().compose(response -> response.last());
        });
    }
}
