package dev.berth.agent;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.LogOptions;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.client.PodCommand;
import dev.berth.k8s.client.PodStream;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.tunnel.stream.ByteStream;
import dev.berth.tunnel.stream.StreamEnd;
import dev.berth.tunnel.stream.StreamLimits;
import dev.berth.tunnel.stream.StreamTable;
import dev.berth.tunnel.v1.StreamEndReason;
import dev.berth.tunnel.v1.StreamKind;
import dev.berth.tunnel.v1.StreamOpen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens streams to pods for the gateway: only to pods of the workload that was asked for, and only of Berth's. */
final class PodDesk implements StreamTable.Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(PodDesk.class);
    private static final int NAME_CHARS = 253;
    private static final int MOST_PORT = 65_535;

    private final Cluster cluster;

    PodDesk(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void requested(ByteStream stream, StreamOpen request) {
        PodPipe pipe = new PodPipe(stream);
        stream.listen(pipe);
        checked(request)
                .compose(key -> open(key, request))
                .onSuccess(pipe::connected)
                .onFailure(failure -> stream.end(ended(failure)));
    }

    /** The key of the pod, if it is one of the workload's. */
    private Future<ObjectKey> checked(StreamOpen request) {
        if (!sound(request)) {
            return Future.failedFuture(new Refused(new Refusal.Malformed("Expected a stream that Berth knows.")));
        }
        ObjectKey key = new ObjectKey(request.getNamespace(), request.getPod());
        Refused absent = new Refused(new Refusal.NotFound("pod", key.name()));
        return cluster.get(Pod.class, key).compose(found -> {
            Pod pod = found.orElseThrow(() -> absent);
            String workload = label(pod, Labels.WORKLOAD);
            if (!label(pod, Labels.WORKLOAD_ID).equals(request.getWorkloadId()) || workload.isEmpty()) {
                throw absent;
            }
            // A pod may carry any label; the workload that it names must say the same.
            return cluster.get(Workload.class, new ObjectKey(key.namespace(), workload))
                    .map(owner -> {
                        boolean ours = owner.map(known ->
                                        label(known, Labels.WORKLOAD_ID).equals(request.getWorkloadId()))
                                .orElse(false);
                        if (!ours) {
                            throw absent;
                        }
                        return key;
                    });
        });
    }

    private static boolean sound(StreamOpen request) {
        boolean names = name(request.getNamespace())
                && name(request.getPod())
                && !request.getWorkloadId().isEmpty();
        int chars = request.getCommandList().stream().mapToInt(String::length).sum();
        boolean command =
                request.getCommandCount() <= StreamLimits.COMMAND_WORDS && chars <= StreamLimits.COMMAND_CHARS;
        return names
                && (request.getContainer().isEmpty() || name(request.getContainer()))
                && switch (request.getKind()) {
                    case STREAM_KIND_LOGS, STREAM_KIND_ATTACH -> true;
                    case STREAM_KIND_EXEC -> command && request.getCommandCount() > 0;
                    case STREAM_KIND_PORT_FORWARD -> request.getPort() > 0 && request.getPort() <= MOST_PORT;
                    case STREAM_KIND_UNSPECIFIED, UNRECOGNIZED -> false;
                };
    }

    /** Names go into a path of the API server: nothing but what Kubernetes allows in one. */
    private static boolean name(String text) {
        return !text.isEmpty()
                && text.length() <= NAME_CHARS
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.')
                && !text.startsWith(".");
    }

    private static String label(HasMetadata object, String key) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(key, "");
    }

    private Future<PodStream> open(ObjectKey pod, StreamOpen request) {
        if (request.getKind() == StreamKind.STREAM_KIND_LOGS) {
            return cluster.pods().logs(pod, options(request));
        }
        if (request.getKind() == StreamKind.STREAM_KIND_PORT_FORWARD) {
            return cluster.pods().connect(pod, request.getPort());
        }
        PodCommand command = new PodCommand(
                request.getContainer(),
                request.getKind() == StreamKind.STREAM_KIND_EXEC ? request.getCommandList() : java.util.List.of(),
                request.getTty(),
                request.getStdin());
        return cluster.pods().run(pod, command).onSuccess(stream -> {
            if (request.hasSize()) {
                stream.resize(request.getSize().getColumns(), request.getSize().getRows());
            }
        });
    }

    private static LogOptions options(StreamOpen request) {
        dev.berth.tunnel.v1.LogOptions asked = request.getLogs();
        return new LogOptions(
                request.getContainer(),
                asked.getFollow(),
                asked.hasTailLines() ? OptionalInt.of(asked.getTailLines()) : OptionalInt.empty(),
                asked.hasSinceSeconds() ? OptionalInt.of(asked.getSinceSeconds()) : OptionalInt.empty(),
                asked.getSinceTime(),
                asked.getPrevious(),
                asked.getTimestamps());
    }

    /** What the other side of the tunnel is told of a failure. */
    static StreamEnd ended(Throwable failure) {
        if (failure instanceof Refused refused) {
            return ended(refused.refusal());
        }
        LOG.warn("A stream to a pod could not be opened", failure);
        return StreamEnd.of(StreamEndReason.STREAM_END_FAILED, "The agent failed to open the stream.");
    }

    static StreamEnd ended(Refusal refusal) {
        StreamEndReason reason =
                switch (refusal.status()) {
                    case 404 -> StreamEndReason.STREAM_END_NOT_FOUND;
                    case 409, 410 -> StreamEndReason.STREAM_END_NOT_READY;
                    case 400, 401, 403, 422 -> StreamEndReason.STREAM_END_REFUSED;
                    default -> StreamEndReason.STREAM_END_FAILED;
                };
        return StreamEnd.of(reason, refusal.detail());
    }
}
