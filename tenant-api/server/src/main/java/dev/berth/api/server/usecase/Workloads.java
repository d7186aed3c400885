package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.server.access.Grants;
import dev.berth.api.server.access.Grants.Need;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.store.Change;
import dev.berth.api.server.store.Change.Desired;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.OutboxStore;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.store.WorkloadFilter;
import dev.berth.api.server.store.WorkloadRow;
import dev.berth.api.server.store.WorkloadStore;
import dev.berth.api.server.store.WorkloadStore.PageOf;
import dev.berth.api.server.wire.Cursor;
import dev.berth.api.server.wire.CustomResources;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Submitting, reading, stopping and deleting workloads. */
public final class Workloads {
    public static final String KIND = "Workload";
    public static final int MAX_BATCH = 500;
    static final String CONNECTED = "Connected";

    /** A page, where the next one begins, and the version that a watch continues from. */
    public record Listing(
            List<WorkloadRow> rows,
            @Nullable String next,
            long version,
            @Nullable Long total) {}

    /** What a list was asked for; the sort as users write it. */
    public record Asked(
            WorkloadFilter filter, String sort, @Nullable String cursor, int limit, boolean total) {}

    private final TenantTransaction transactions;
    private final WorkloadStore store = new WorkloadStore();
    private final OutboxStore outbox = new OutboxStore();
    private final Submission submission = new Submission(store);

    public Workloads(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** Submits each by itself: one's refusal does not hurt the others. All that are accepted are in one transaction. */
    public Future<List<Outcome>> submit(Principal who, List<JsonNode> bodies) {
        Grants.require(who, Need.RUN_WORKLOADS);
        Submission.Read read = submission.read(bodies);
        if (read.nothingLeft()) {
            return Future.succeededFuture(read.outcomes());
        }
        return transactions.write(who.tenant(), change -> submission.write(change, read));
    }

    public Future<WorkloadRow> get(Principal who, String idOrName, String project) {
        Grants.require(who, Need.READ);
        return transactions.read(who.tenant(), look -> one(look, idOrName, project));
    }

    public Future<Listing> list(Principal who, Asked asked) {
        Grants.require(who, Need.READ);
        boolean downwards = asked.sort().startsWith("-");
        String order = downwards ? asked.sort().substring(1) : asked.sort();
        String cursor = asked.cursor();
        List<String> after = cursor == null
                ? null
                : checked(order, Cursor.decode(cursor, asked.sort(), 2).values());
        var page = new PageOf(order, downwards, after, asked.limit() + 1);
        return transactions.read(who.tenant(), look -> {
            Future<OutboxStore.Standing> standing = outbox.standing(look);
            Future<List<WorkloadRow>> rows = store.page(look, asked.filter(), page);
            Future<@Nullable Long> total =
                    asked.total() ? store.counts(look, asked.filter()).map(Workloads::sum) : Future.succeededFuture();
            return Future.all(standing, rows, total).map(all -> {
                List<WorkloadRow> found = rows.result();
                boolean more = found.size() > asked.limit();
                List<WorkloadRow> shown = more ? found.subList(0, asked.limit()) : found;
                return new Listing(
                        shown,
                        more ? next(asked.sort(), order, shown) : null,
                        standing.result().version(),
                        total.result());
            });
        });
    }

    /** Counts by phase and reason. */
    public Future<RowSet<Row>> summary(Principal who, WorkloadFilter filter) {
        Grants.require(who, Need.READ);
        return transactions.read(who.tenant(), look -> store.counts(look, filter));
    }

    /** Asks the cluster to stop it; the answer is the workload as it is now. */
    public Future<WorkloadRow> stop(Principal who, String idOrName, String project) {
        Grants.require(who, Need.RUN_WORKLOADS);
        return transactions.write(
                who.tenant(), change -> one(change, idOrName, project).compose(row -> {
                    if (row.stopped() || row.deleting() || row.finished()) {
                        return Future.succeededFuture(row);
                    }
                    WorkloadRow stopping =
                            row.stopping(change.touch(KIND, row.id().toString(), row.name(), "MODIFIED"), change.now());
                    return steer(change, stopping);
                }));
    }

    /** Asks the cluster to remove it. What no cluster has seen and none can see now is gone at once. */
    public Future<WorkloadRow> delete(Principal who, String idOrName, String project) {
        Grants.require(who, Need.RUN_WORKLOADS);
        return transactions.write(
                who.tenant(), change -> one(change, idOrName, project).compose(row -> {
                    if (row.deleting()) {
                        return Future.succeededFuture(row);
                    }
                    boolean gone =
                            row.observedAt() == null && !row.clusterState().equals(CONNECTED);
                    long version = change.touch(KIND, row.id().toString(), row.name(), gone ? "DELETED" : "MODIFIED");
                    return steer(change, row.leaving(gone, version, change.now()));
                }));
    }

    private Future<WorkloadRow> steer(Change change, WorkloadRow row) {
        Buffer body = Buffer.buffer(Json.bytes(
                CustomResources.workload(row.id().toString(), row.name(), Json.trusted(row.spec()), row.stopped())));
        change.desire(row.clusterId(), new Desired(KIND, row.id().toString(), row.generation(), body, row.deleting()));
        return store.steer(change, row).map(row);
    }

    private Future<WorkloadRow> one(Look look, String idOrName, String project) {
        return store.find(look, idOrName, project).map(rows -> {
            if (rows.isEmpty()) {
                throw new Refused(new Refusal.NotFound("workload", Names.shown(idOrName)));
            }
            if (rows.size() > 1) {
                throw new Refused(new Refusal.Conflict(
                        "Several projects have a workload of that name.",
                        "Say which: ?project=" + rows.get(0).project()));
            }
            return rows.get(0);
        });
    }

    private static String next(String sort, String order, List<WorkloadRow> shown) {
        WorkloadRow last = shown.get(shown.size() - 1);
        return new Cursor(
                        sort,
                        List.of(WorkloadStore.valueIn(order, last), last.id().toString()))
                .encoded();
    }

    /** A cursor that somebody wrote himself must not reach the database as a cast error. */
    private static List<String> checked(String order, List<String> values) {
        try {
            switch (order) {
                case "gpus", "updatedAt" -> Long.parseLong(values.get(0));
                case "createdAt" -> UUID.fromString(values.get(0));
                default -> {}
            }
            return List.of(values.get(0), UUID.fromString(values.get(1)).toString());
        } catch (IllegalArgumentException wrong) {
            throw Cursor.unusable();
        }
    }

    private static Long sum(RowSet<Row> counts) {
        long sum = 0;
        for (Row row : counts) {
            sum += row.getLong("count");
        }
        return sum;
    }
}
