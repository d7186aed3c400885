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
import dev.berth.api.server.wire.OrganisationForm;
import dev.berth.model.Page;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Departments: groups of projects with quotas of their own. */
public final class Departments {
    private final TenantTransaction transactions;
    private final ConfigObjects objects =
            new ConfigObjects(ClusterCopies.DEPARTMENT, "department", NamedStore.DEPARTMENTS);
    private final ClusterCopies copies;
    private final Quotas quotas;
    private final Usage usage = new Usage();

    public Departments(TenantTransaction transactions) {
        this.transactions = transactions;
        var clusters = new ClusterStore();
        this.copies = new ClusterCopies(clusters);
        this.quotas = new Quotas(clusters);
    }

    public Future<ObjectNode> create(Principal who, OrganisationForm form) {
        Grants.require(who, Need.CHANGE_ORGANISATION);
        return transactions.write(who.tenant(), change -> quotas.tie(change, form.spec())
                .compose(v -> objects.create(change, form, null, ""))
                .compose(row -> copies.everywhere(change, ClusterCopies.DEPARTMENT, row, false)
                        .map(row))
                .map(row -> OrganisationView.of(ClusterCopies.DEPARTMENT, row, Usage.Uses.NONE)));
    }

    public Future<ObjectNode> get(Principal who, String idOrName) {
        Grants.require(who, Need.READ);
        return transactions.read(
                who.tenant(), look -> objects.one(look, idOrName, "").compose(row -> view(look, row)));
    }

    public Future<Page<ObjectNode>> list(Principal who, @Nullable String cursor, int limit) {
        Grants.require(who, Need.READ);
        return transactions.read(who.tenant(), look -> objects.page(look, List.of(), cursor, limit)
                .compose(page -> usage.ofDepartments(look, page.items())
                        .map(sums -> new Page<>(
                                OrganisationView.all(ClusterCopies.DEPARTMENT, page.items(), sums), page.next()))));
    }

    public Future<ObjectNode> replace(Principal who, String idOrName, @Nullable String ifMatch, OrganisationForm form) {
        Grants.require(who, Need.CHANGE_ORGANISATION);
        return transactions.write(who.tenant(), change -> objects.current(change, idOrName, "", ifMatch)
                .compose(before ->
                        quotas.tie(change, form.spec()).compose(v -> objects.replace(change, before, form, null, "")))
                .compose(row -> copies.everywhere(change, ClusterCopies.DEPARTMENT, row, false)
                        .compose(v -> view(change, row))));
    }

    public Future<Void> delete(Principal who, String idOrName, @Nullable String ifMatch) {
        Grants.require(who, Need.CHANGE_ORGANISATION);
        return transactions.write(who.tenant(), change -> objects.current(change, idOrName, "", ifMatch)
                .compose(row -> NamedStore.PROJECTS
                        .page(change, List.of(row.id().toString()), null, 1)
                        .compose(projects -> {
                            if (!projects.isEmpty()) {
                                throw new Refused(new Refusal.Conflict(
                                        "Expected a department without projects, but \""
                                                + projects.get(0).name() + "\" is in it.",
                                        "Move its projects or delete them first."));
                            }
                            return copies.everywhere(change, ClusterCopies.DEPARTMENT, row, true)
                                    .compose(v -> objects.delete(change, row));
                        })));
    }

    private Future<ObjectNode> view(Look look, Named row) {
        return usage.ofDepartments(look, List.of(row))
                .map(sums -> OrganisationView.all(ClusterCopies.DEPARTMENT, List.of(row), sums)
                        .get(0));
    }
}
