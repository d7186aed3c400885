package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Grants;
import dev.berth.api.server.access.Grants.Need;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.store.ClusterStore;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.store.NamedStore;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.store.WorkloadStore;
import dev.berth.api.server.wire.OrganisationForm;
import dev.berth.model.Page;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Projects: what pays for workloads. */
public final class Projects {
    private final TenantTransaction transactions;
    private final ConfigObjects objects = new ConfigObjects(ClusterCopies.PROJECT, "project", NamedStore.PROJECTS);
    private final WorkloadStore workloads = new WorkloadStore();
    private final ClusterCopies copies;
    private final Quotas quotas;
    private final Usage usage = new Usage();

    private record Department(@Nullable UUID id, String name) {}

    public Projects(TenantTransaction transactions) {
        this.transactions = transactions;
        var clusters = new ClusterStore();
        this.copies = new ClusterCopies(clusters);
        this.quotas = new Quotas(clusters);
    }

    public Future<ObjectNode> create(Principal who, OrganisationForm form) {
        Grants.require(who, Need.CHANGE_ORGANISATION);
        return transactions.write(who.tenant(), change -> tied(change, form)
                .compose(department -> objects.create(change, form, department.id(), department.name()))
                .compose(row -> copies.everywhere(change, ClusterCopies.PROJECT, row, false)
                        .map(row))
                .map(row -> OrganisationView.of(ClusterCopies.PROJECT, row, Usage.Uses.NONE)));
    }

    public Future<ObjectNode> get(Principal who, String idOrName) {
        Grants.require(who, Need.READ);
        return transactions.read(
                who.tenant(), look -> objects.one(look, idOrName, "").compose(row -> view(look, row)));
    }

    public Future<Page<ObjectNode>> list(Principal who, List<String> departments, @Nullable String cursor, int limit) {
        Grants.require(who, Need.READ);
        return transactions.read(who.tenant(), look -> objects.page(look, departments, cursor, limit)
                .compose(page -> usage.ofProjects(look, page.items())
                        .map(sums -> new Page<>(
                                OrganisationView.all(ClusterCopies.PROJECT, page.items(), sums), page.next()))));
    }

    public Future<ObjectNode> replace(Principal who, String idOrName, @Nullable String ifMatch, OrganisationForm form) {
        Grants.require(who, Need.CHANGE_ORGANISATION);
        return transactions.write(who.tenant(), change -> objects.current(change, idOrName, "", ifMatch)
                .compose(before -> tied(change, form)
                        .compose(department ->
                                objects.replace(change, before, form, department.id(), department.name())))
                .compose(row -> copies.everywhere(change, ClusterCopies.PROJECT, row, false)
                        .compose(v -> view(change, row))));
    }

    public Future<Void> delete(Principal who, String idOrName, @Nullable String ifMatch) {
        Grants.require(who, Need.CHANGE_ORGANISATION);
        return transactions.write(who.tenant(), change -> objects.current(change, idOrName, "", ifMatch)
                .compose(row -> workloads.projectBusy(change, row.id()).compose(busy -> {
                    if (busy) {
                        throw new Refused(new Refusal.Conflict(
                                "Expected a project without workloads, but \"" + row.name() + "\" has some.",
                                "Delete its workloads first: DELETE /workloads/{id}."));
                    }
                    return copies.everywhere(change, ClusterCopies.PROJECT, row, true)
                            .compose(v -> objects.delete(change, row));
                })));
    }

    /** Finds the department and the quotas' clusters; the spec then holds their names. */
    private Future<Department> tied(Look look, OrganisationForm form) {
        return quotas.tie(look, form.spec()).compose(v -> {
            if (form.parent().isEmpty()) {
                return Future.succeededFuture(new Department(null, ""));
            }
            return NamedStore.DEPARTMENTS.find(look, form.parent()).map(found -> {
                if (found.isEmpty()) {
                    throw ConfigObjects.invalid(
                            "/spec/department",
                            "unknown-reference",
                            "There is no department \"" + Names.shown(form.parent()) + "\".");
                }
                form.spec().put("department", found.get(0).name());
                return new Department(found.get(0).id(), found.get(0).name());
            });
        });
    }

    private Future<ObjectNode> view(Look look, Named row) {
        return usage.ofProjects(look, List.of(row))
                .map(sums -> OrganisationView.all(ClusterCopies.PROJECT, List.of(row), sums)
                        .get(0));
    }
}
