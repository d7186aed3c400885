package dev.berth.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Walks the catalog: whatever table comes, it stands behind forced row-level security, and the application owns nothing. */
final class TenantWallsIT {
    private static final String TABLES =
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'berth' AND c.relkind IN ('r', 'p') ";

    @Test
    void everyTableOfATenantForcesRowLevelSecurityAndHasAPolicyForTheApplication() throws Exception {
        try (Connection admin = SharedDatabase.admin()) {
            List<String> ofTenants = SharedDatabase.column(
                    admin,
                    TABLES
                            + "AND (c.relname = 'tenants' OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid"
                            + " AND a.attname = 'tenant_id' AND NOT a.attisdropped))");
            List<String> walled = SharedDatabase.column(
                    admin,
                    TABLES + "AND c.relrowsecurity AND c.relforcerowsecurity"
                            + " AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polqual IS NOT NULL)");

            assertThat(ofTenants).contains("tenants", "workloads", "desired_log", "outbox", "join_tokens");
            assertThat(walled).containsAll(ofTenants);
        }
    }

    @Test
    void noPolicyOfTheApplicationLetsPassWithoutATenant() throws Exception {
        try (Connection admin = SharedDatabase.admin()) {
            List<String> loose = SharedDatabase.column(
                    admin,
                    "SELECT p.polname || ' on ' || p.polrelid::regclass FROM pg_policy p WHERE 'berth_api'::regrole = ANY (p.polroles)"
                            + " AND NOT (pg_get_expr(p.polqual, p.polrelid) LIKE '%berth.tenant%' AND p.polwithcheck IS NOT NULL"
                            + " AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%berth.tenant%')");
            List<String> forAll = SharedDatabase.column(
                    admin,
                    "SELECT p.polname || ' on ' || p.polrelid::regclass FROM pg_policy p WHERE 0 = ANY (p.polroles)");

            assertThat(loose).isEmpty();
            assertThat(forAll).isEmpty();
        }
    }

    @Test
    void theApplicationRolesOwnNothingAndMayBypassNothing() throws Exception {
        try (Connection admin = SharedDatabase.admin()) {
            assertThat(
                            SharedDatabase.column(
                                    admin,
                                    "SELECT c.relname FROM pg_class c WHERE c.relowner IN ('berth_api'::regrole, 'berth_gateway'::regrole)"
                                            + " UNION ALL SELECT p.proname FROM pg_proc p WHERE p.proowner IN ('berth_api'::regrole, 'berth_gateway'::regrole)"))
                    .isEmpty();
            assertThat(SharedDatabase.column(
                            admin,
                            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'berth%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
                                    + " OR rolreplication)"))
                    .isEmpty();
            assertThat(
                            SharedDatabase.column(
                                    admin,
                                    "SELECT r.rolname FROM pg_roles r WHERE r.rolname IN ('berth_api', 'berth_gateway') AND pg_has_role(r.oid, 'berth_owner', 'MEMBER')"))
                    .isEmpty();
        }
    }

    @Test
    void theGatewayReachesNoTableAndOnlyTunnelFunctions() throws Exception {
        try (Connection admin = SharedDatabase.admin()) {
            assertThat(
                            SharedDatabase.column(
                                    admin,
                                    TABLES
                                            + "AND has_table_privilege('berth_gateway', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"))
                    .isEmpty();
            assertThat(
                            SharedDatabase.column(
                                    admin,
                                    "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'berth'"
                                            + " AND has_function_privilege('berth_gateway', p.oid, 'EXECUTE') AND p.proname NOT LIKE 'tunnel\\_%'"))
                    .isEmpty();
        }
    }

    @Test
    void everyFunctionThatRunsAsItsOwnerFixesItsSearchPath() throws Exception {
        try (Connection admin = SharedDatabase.admin()) {
            assertThat(SharedDatabase.column(
                            admin,
                            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'berth' AND p.prosecdef"
                                    + " AND NOT coalesce(p.proconfig::text LIKE '%search_path%', false)"))
                    .isEmpty();
        }
    }

    @Test
    void theApplicationSeesItsTenantAndNothingWithoutOne() throws Exception {
        UUID a = UUID.randomUUID();
        UUID b = UUID.randomUUID();
        try (Connection api = SharedDatabase.connect(SharedDatabase.logins().api())) {
            api.setAutoCommit(false);
            for (UUID tenant : List.of(a, b)) {
                enter(api, tenant.toString());
                SharedDatabase.column(
                        api,
                        "INSERT INTO tenants (id, name) VALUES (?, ?) RETURNING id",
                        tenant,
                        "t-" + tenant.toString().substring(0, 8));
                api.commit();
            }

            enter(api, a.toString());
            assertThat(SharedDatabase.column(api, "SELECT id FROM tenants")).containsExactly(a.toString());
            assertThat(SharedDatabase.column(api, "UPDATE tenants SET version = 1 WHERE id = ? RETURNING id", b))
                    .isEmpty();
            assertThatThrownBy(() -> SharedDatabase.column(
                            api, "INSERT INTO tenants (id, name) VALUES (gen_random_uuid(), 'x') RETURNING id"))
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("42501"));
            api.rollback();

            // The setting was local to the transaction: the connection is blind again.
            assertThat(SharedDatabase.column(api, "SELECT id FROM tenants")).isEmpty();
            enter(api, "");
            assertThat(SharedDatabase.column(api, "SELECT id FROM tenants")).isEmpty();
            api.rollback();
        }
    }

    private static void enter(Connection api, String tenant) throws SQLException {
        SharedDatabase.column(api, "SELECT set_config('berth.tenant', ?, true)", tenant);
    }
}
