-- Clusters and their pools; departments, projects and their quotas.

CREATE TABLE clusters (
    tenant_id     uuid NOT NULL REFERENCES tenants (id),
    id            uuid NOT NULL UNIQUE,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 63),
    labels        jsonb NOT NULL DEFAULT '{}',
    spec          jsonb NOT NULL DEFAULT '{}',
    state         text NOT NULL DEFAULT 'Waiting' CHECK (state IN ('Waiting', 'Connected', 'Disconnected')),
    last_seen_at  timestamptz,
    agent_version text NOT NULL DEFAULT '',
    -- Last number of the desired log; taken under this row's lock, so gap-free and in the order of commits.
    dseq          bigint NOT NULL DEFAULT 0,
    -- Changes when the store was restored: cursors of the other side are void then.
    store_id      uuid NOT NULL DEFAULT gen_random_uuid(),
    version       bigint NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) WITH (fillfactor = 50);
ALTER TABLE clusters ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON clusters TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON clusters TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON clusters TO berth_api;

-- At most one unspent token for each cluster: 256 random bits, kept as SHA-256. The gateway spends it (used_by_key).
CREATE TABLE join_tokens (
    tenant_id    uuid NOT NULL,
    cluster_id   uuid NOT NULL,
    token_sha256 bytea NOT NULL UNIQUE,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    used_by_key  bytea,
    PRIMARY KEY (tenant_id, cluster_id),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE join_tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON join_tokens TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON join_tokens TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON join_tokens TO berth_api;

CREATE TABLE node_pools (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    cluster_id uuid NOT NULL,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 63),
    labels     jsonb NOT NULL DEFAULT '{}',
    spec       jsonb NOT NULL,
    generation integer NOT NULL DEFAULT 1,
    version    bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, cluster_id, name),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE node_pools ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON node_pools TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON node_pools TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON node_pools TO berth_api;

CREATE TABLE departments (
    tenant_id  uuid NOT NULL REFERENCES tenants (id),
    id         uuid NOT NULL,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 63),
    labels     jsonb NOT NULL DEFAULT '{}',
    spec       jsonb NOT NULL,
    generation integer NOT NULL DEFAULT 1,
    version    bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);
ALTER TABLE departments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON departments TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON departments TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON departments TO berth_api;

CREATE TABLE projects (
    tenant_id     uuid NOT NULL REFERENCES tenants (id),
    id            uuid NOT NULL,
    department_id uuid,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 63),
    labels        jsonb NOT NULL DEFAULT '{}',
    spec          jsonb NOT NULL,
    generation    integer NOT NULL DEFAULT 1,
    version       bigint NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
);
ALTER TABLE projects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON projects TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON projects TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON projects TO berth_api;
CREATE INDEX projects_of_department ON projects (tenant_id, department_id);
