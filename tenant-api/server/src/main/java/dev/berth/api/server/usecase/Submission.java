package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.server.access.Secret;
import dev.berth.api.server.store.Change;
import dev.berth.api.server.store.Change.Desired;
import dev.berth.api.server.store.PlaceStore;
import dev.berth.api.server.store.PlaceStore.Place;
import dev.berth.api.server.store.PlaceStore.Places;
import dev.berth.api.server.store.WorkloadRow;
import dev.berth.api.server.store.WorkloadStore;
import dev.berth.api.server.store.WorkloadStore.Draft;
import dev.berth.api.server.wire.CustomResources;
import dev.berth.api.server.wire.Fields;
import dev.berth.api.server.wire.Json;
import dev.berth.api.server.wire.WorkloadForm;
import dev.berth.model.Phase;
import dev.berth.model.Refusal;
import dev.berth.model.Refusal.FieldError;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many workloads on their way in: read, matched with what they name, and written with a handful of statements however many
 * they are.
 */
final class Submission {
    private final WorkloadStore store;
    private final PlaceStore places = new PlaceStore();

    Submission(WorkloadStore store) {
        this.store = store;
    }

    /** What could be told without the database: the sound forms by their index, the refusals in their places. */
    record Read(Map<Integer, WorkloadForm> forms, @Nullable Outcome[] found) {
        boolean nothingLeft() {
            return forms.isEmpty();
        }

        void refuse(int index, Refusal refusal) {
            forms.remove(index);
            found[index] = Outcome.refused(refusal);
        }

        List<Outcome> outcomes() {
            var outcomes = new ArrayList<Outcome>(found.length);
            for (Outcome outcome : found) {
                if (outcome == null) {
                    throw new IllegalStateException("Every submission has an outcome");
                }
                outcomes.add(outcome);
            }
            return outcomes;
        }
    }

    private record Seat(int index, WorkloadForm form, Place project, Place cluster) {
        String key() {
            return project.id() + "/" + form.head().name();
        }
    }

    Read read(List<JsonNode> bodies) {
        var read = new Read(new LinkedHashMap<>(), new Outcome[bodies.size()]);
        for (int i = 0; i < bodies.size(); i++) {
            var errors = new ArrayList<FieldError>();
            WorkloadForm form = WorkloadForm.read(bodies.get(i), "", errors);
            if (errors.isEmpty()) {
                read.forms().put(i, form);
            } else {
                read.refuse(i, Fields.refusal("The workload", errors));
            }
        }
        return read;
    }

    Future<List<Outcome>> write(Change change, Read read) {
        Set<String> projects = named(read, WorkloadForm::project);
        Set<String> clusters = named(read, WorkloadForm::cluster);
        return places.find(change, projects, clusters)
                .map(found -> seats(read, found))
                .compose(seats -> untaken(change, read, seats))
                .compose(seats -> seats.isEmpty() ? Future.succeededFuture() : insert(change, read, seats))
                .map(done -> read.outcomes());
    }

    private static Set<String> named(Read read, java.util.function.Function<WorkloadForm, String> name) {
        return read.forms().values().stream().map(name).collect(Collectors.toSet());
    }

    private static List<Seat> seats(Read read, Places found) {
        var seats = new ArrayList<Seat>();
        for (Map.Entry<Integer, WorkloadForm> entry : List.copyOf(read.forms().entrySet())) {
            WorkloadForm form = entry.getValue();
            var errors = new ArrayList<FieldError>();
            Place project = found.project(form.project());
            Place cluster = found.cluster(form.cluster());
            if (project == null) {
                errors.add(unknown("/spec/project", "project", form.project()));
            }
            if (cluster == null) {
                errors.add(unknown("/spec/cluster", "cluster", form.cluster()));
            } else if (!found.hasPool(cluster, form.nodePool())) {
                errors.add(unknown("/spec/nodePool", "pool of this cluster", form.nodePool()));
            }
            if (project == null || cluster == null || !errors.isEmpty()) {
                read.refuse(entry.getKey(), new Refusal.Invalid("The workload names what there is not.", errors));
            } else {
                seats.add(new Seat(entry.getKey(), form, project, cluster));
            }
        }
        return seats;
    }

    private static FieldError unknown(String pointer, String what, String name) {
        return new FieldError(pointer, "unknown-reference", "There is no " + what + " \"" + Names.shown(name) + "\".");
    }

    private Future<List<Seat>> untaken(Change change, Read read, List<Seat> seats) {
        if (seats.isEmpty()) {
            return Future.succeededFuture(seats);
        }
        List<UUID> projects = seats.stream().map(seat -> seat.project().id()).toList();
        List<String> names =
                seats.stream().map(seat -> seat.form().head().name()).toList();
        return store.taken(change, projects, names).map(taken -> {
            // Of two with one name in the same batch the first wins.
            var used = new HashSet<>(taken);
            var free = new ArrayList<Seat>();
            for (Seat seat : seats) {
                if (used.add(seat.key())) {
                    free.add(seat);
                } else {
                    read.refuse(
                            seat.index(),
                            new Refusal.Conflict(
                                    "Project \"" + seat.project().name() + "\" has a workload \""
                                            + seat.form().head().name() + "\" already.",
                                    "Choose another name, or delete the other one first."));
                }
            }
            return free;
        });
    }

    private Future<Void> insert(Change change, Read read, List<Seat> seats) {
        var drafts = new ArrayList<Draft>(seats.size());
        for (Seat seat : seats) {
            UUID id = Secret.newId(change.now().toInstant().toEpochMilli());
            String name = seat.form().head().name();
            long version = change.touch(Workloads.KIND, id.toString(), name, "ADDED");
            seat.form()
                    .spec()
                    .put("project", seat.project().name())
                    .put("cluster", seat.cluster().name());
            var draft = new Draft(
                    id,
                    seat.cluster().id(),
                    seat.project().id(),
                    name,
                    seat.form().nodePool(),
                    seat.form().head().labelsJson(),
                    Json.text(seat.form().spec()),
                    seat.form().gpuMilli(),
                    version);
            drafts.add(draft);
            read.found()[seat.index()] = Outcome.accepted(row(change, seat, draft));
            Buffer body = Buffer.buffer(Json.bytes(
                    CustomResources.workload(id.toString(), name, seat.form().spec(), false)));
            change.desire(seat.cluster().id(), new Desired(Workloads.KIND, id.toString(), 1, body, false));
        }
        return store.insert(change, drafts);
    }

    private static WorkloadRow row(Change change, Seat seat, Draft draft) {
        return new WorkloadRow(
                draft.id(),
                draft.name(),
                draft.project(),
                seat.project().name(),
                draft.cluster(),
                seat.cluster().name(),
                seat.cluster().state(),
                draft.nodePool(),
                draft.labels(),
                draft.spec(),
                "{}",
                Phase.QUEUED.word(),
                "",
                draft.gpuMilli(),
                false,
                false,
                false,
                1,
                draft.version(),
                change.now(),
                change.now(),
                null);
    }
}
