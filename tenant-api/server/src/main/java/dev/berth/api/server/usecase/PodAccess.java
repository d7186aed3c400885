package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.server.access.Grants;
import dev.berth.api.server.access.Grants.Need;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.store.WorkloadRow;
import dev.berth.api.server.stream.ClusterDoor;
import dev.berth.api.server.stream.StreamPipe;
import dev.berth.api.server.wire.Json;
import dev.berth.contract.StreamContract;
import dev.berth.model.Labels;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, commands and ports of a workload's pods: who may, and to which pod. */
public final class PodAccess {
    /** Who did what to which pod, never what was said there. */
    private static final Logger AUDIT = LoggerFactory.getLogger("berth.audit");

    private static final Pattern POD = Pattern.compile("[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?");
    private static final int MOST_LISTED = 64;
    private static final String PENDING = "Pending";

    private final Workloads workloads;
    private final ClusterDoor door;

    /** Which workload, and which of its pods; an empty pod is the first that has begun. */
    public record Which(String idOrName, String project, String pod) {}

    public PodAccess(Workloads workloads, ClusterDoor door) {
        this.workloads = workloads;
        this.door = door;
    }

    /** The workload that is meant, if it is there for this user. */
    public Future<WorkloadRow> find(Principal who, Which which) {
        return workloads.get(who, which.idOrName(), which.project());
    }

    /** Opens a stream; reading a log is reading, all else is running something. */
    public Future<StreamPipe> open(Principal who, Which which, StreamContract.Target target, String requestId) {
        Grants.require(who, target instanceof StreamContract.Logs ? Need.READ : Need.RUN_WORKLOADS);
        if (!which.pod().isEmpty() && !POD.matcher(which.pod()).matches()) {
            throw new Refused(new Refusal.NotFound("pod", Names.shown(which.pod())));
        }
        return find(who, which).compose(row -> {
            if (!row.clusterState().equals(Workloads.CONNECTED)) {
                throw new Refused(new Refusal.ClusterOffline(row.cluster()));
            }
            String pod = pod(row, which.pod());
            var request = new StreamContract.Open(
                    who.tenant().toString(),
                    who.user().toString(),
                    row.id().toString(),
                    Labels.NAMESPACE_PREFIX + row.project(),
                    pod,
                    target);
            AUDIT.info(
                    "user={} verb={} workload={} pod={} request={}",
                    who.user(),
                    target.getClass().getSimpleName(),
                    row.id(),
                    pod,
                    requestId);
            return door.open(row.clusterId(), request)
                    .recover(failure -> Future.failedFuture(named(failure, row.cluster())));
        });
    }

    private static Throwable named(Throwable failure, String cluster) {
        return failure instanceof Refused refused && refused.refusal() instanceof Refusal.ClusterOffline
                ? new Refused(new Refusal.ClusterOffline(cluster))
                : failure;
    }

    private static String pod(WorkloadRow row, String asked) {
        List<String> begun = new ArrayList<>();
        boolean known = false;
        for (JsonNode pod : Json.trusted(row.status()).path("pods")) {
            String name = pod.path("name").asText();
            known |= name.equals(asked);
            if (!pod.path("phase").asText(PENDING).equals(PENDING)) {
                begun.add(name);
            }
        }
        // A status lists only so many pods; the agent checks the others.
        boolean listed = Json.trusted(row.status()).path("pods").size() < MOST_LISTED;
        if (!asked.isEmpty()) {
            if (!known && listed) {
                throw new Refused(new Refusal.NotFound("pod", asked));
            }
            return asked;
        }
        if (begun.isEmpty()) {
            throw new Refused(
                    row.finished()
                            ? new Refusal.Gone("The workload is " + row.phase() + " and its pods are gone.")
                            : new Refusal.Conflict(
                                    "The workload is " + row.phase() + " and has no pod that has started.",
                                    "Wait until it runs; see why it waits with berth explain."));
        }
        return begun.get(0);
    }
}
