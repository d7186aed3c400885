package dev.berth.api.server.usecase;

import dev.berth.api.server.access.Secret;
import dev.berth.api.server.store.Change;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.store.NamedStore;
import dev.berth.api.server.wire.Cursor;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.Json;
import dev.berth.api.server.wire.OrganisationForm;
import dev.berth.model.Page;
import dev.berth.model.Refusal;
import dev.berth.model.Refusal.FieldError;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What departments, projects and node pools have in common: names, versions, and edits that do not overwrite others'. */
final class ConfigObjects {
    private final String kind;
    private final String word;
    private final NamedStore store;

    ConfigObjects(String kind, String word, NamedStore store) {
        this.kind = kind;
        this.word = word;
        this.store = store;
    }

    Future<Named> one(Look look, String idOrName, String parent) {
        return store.find(look, idOrName).map(found -> {
            List<Named> rows = found.stream()
                    .filter(row -> parent.isEmpty()
                            || row.parentName().equals(parent)
                            || String.valueOf(row.parent()).equals(parent))
                    .toList();
            if (rows.isEmpty()) {
                throw new Refused(new Refusal.NotFound(word, Names.shown(idOrName)));
            }
            if (rows.size() > 1) {
                throw new Refused(new Refusal.Conflict(
                        "Several clusters have a " + word + " of that name.",
                        "Say which: ?cluster=" + rows.get(0).parentName()));
            }
            return rows.get(0);
        });
    }

    /** The row, if the writer has seen its present version. */
    Future<Named> current(Change change, String idOrName, String parent, @Nullable String ifMatch) {
        return one(change, idOrName, parent).map(row -> {
            if (ifMatch == null) {
                throw new Refused(new Refusal.PreconditionRequired("Expected the header If-Match."));
            }
            if (!ifMatch.equals("*") && !ifMatch.equals(Envelope.etag(row.version()))) {
                throw new Refused(new Refusal.Stale("The " + word + " \"" + row.name()
                        + "\" changed since you read it; it is " + Envelope.etag(row.version()) + " now."));
            }
            return row;
        });
    }

    Future<Page<Named>> page(Look look, List<String> parents, @Nullable String cursor, int limit) {
        List<String> after =
                cursor == null ? null : Cursor.decode(cursor, kind, 2).values();
        return store.page(look, parents, after, limit + 1).map(rows -> {
            boolean more = rows.size() > limit;
            List<Named> shown = more ? rows.subList(0, limit) : rows;
            Named last = more ? shown.get(limit - 1) : null;
            return new Page<>(
                    shown, last == null ? null : new Cursor(kind, List.of(last.parentName(), last.name())).encoded());
        });
    }

    Future<Named> create(Change change, OrganisationForm form, @Nullable UUID parent, String parentName) {
        UUID id = Secret.newId(change.now().toInstant().toEpochMilli());
        String name = form.head().name();
        return store.find(change, name).compose(same -> {
            if (same.stream()
                    .anyMatch(row -> row.name().equals(name)
                            && String.valueOf(row.parent()).equals(scope(row, parent)))) {
                return Future.failedFuture(new Refused(new Refusal.Conflict(
                        "There is a " + word + " \"" + name + "\" already.",
                        "Choose another name, or change that one.")));
            }
            long version = change.touch(kind, id.toString(), name, "ADDED");
            var row = new Named(
                    id,
                    name,
                    form.head().labelsJson(),
                    Json.text(form.spec()),
                    1,
                    version,
                    change.now(),
                    change.now(),
                    parent,
                    parentName);
            return store.insert(change, row).map(row);
        });
    }

    /** Names of pools are unique within their cluster, all others within the tenant. */
    private String scope(Named row, @Nullable UUID parent) {
        return String.valueOf(store == NamedStore.NODE_POOLS ? parent : row.parent());
    }

    Future<Named> replace(
            Change change, Named before, OrganisationForm form, @Nullable UUID parent, String parentName) {
        if (!form.head().name().equals(before.name())) {
            throw invalid("/metadata/name", "constant", "Names do not change; this is \"" + before.name() + "\".");
        }
        long version = change.touch(kind, before.id().toString(), before.name(), "MODIFIED");
        var row = new Named(
                before.id(),
                before.name(),
                form.head().labelsJson(),
                Json.text(form.spec()),
                before.generation() + 1,
                version,
                before.createdAt(),
                change.now(),
                parent,
                parentName);
        return store.update(change, row).map(row);
    }

    Future<Void> delete(Change change, Named row) {
        change.touch(kind, row.id().toString(), row.name(), "DELETED");
        return store.delete(change, row.id());
    }

    NamedStore store() {
        return store;
    }

    static Refused invalid(String pointer, String code, String detail) {
        return new Refused(new Refusal.Invalid(detail, List.of(new FieldError(pointer, code, detail))));
    }
}
