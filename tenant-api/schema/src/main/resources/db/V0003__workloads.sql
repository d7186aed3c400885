-- Workloads as desired (spec) and as their cluster last reported them (status), and the nodes they run on.

CREATE TABLE workloads (
    tenant_id           uuid NOT NULL,
    id                  uuid NOT NULL,
    cluster_id          uuid NOT NULL,
    project_id          uuid NOT NULL,
    name                text NOT NULL CHECK (length(name) BETWEEN 1 AND 63),
    node_pool           text NOT NULL,
    labels              jsonb NOT NULL DEFAULT '{}',
    spec                jsonb NOT NULL,
    status              jsonb NOT NULL DEFAULT '{}',
    phase               text NOT NULL DEFAULT 'Queued',
    reason              text NOT NULL DEFAULT '',
    -- All workers' GPUs together, and what its live pods hold of them.
    requested_gpu_milli bigint NOT NULL DEFAULT 0,
    held_gpu_milli      bigint NOT NULL DEFAULT 0,
    stopped             boolean NOT NULL DEFAULT false,
    -- A user asked to delete it; deleted follows when the cluster has removed it. A deleted row is a tombstone for a while.
    deleting            boolean NOT NULL DEFAULT false,
    deleted             boolean NOT NULL DEFAULT false,
    generation          integer NOT NULL DEFAULT 1,
    version             bigint NOT NULL,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    observed_at         timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id)
) WITH (fillfactor = 70);
ALTER TABLE workloads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON workloads TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON workloads TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON workloads TO berth_api;
CREATE UNIQUE INDEX workloads_by_name ON workloads (tenant_id, project_id, name) WHERE NOT deleted;
CREATE INDEX workloads_by_plain_name ON workloads (tenant_id, name, id) WHERE NOT deleted;
CREATE INDEX workloads_of_cluster ON workloads (tenant_id, cluster_id, id);
CREATE INDEX workloads_by_phase ON workloads (tenant_id, phase, id) WHERE NOT deleted;
CREATE INDEX workloads_with_gpus ON workloads (tenant_id, cluster_id) WHERE held_gpu_milli > 0 AND NOT deleted;
CREATE INDEX workloads_unfinished ON workloads (tenant_id, project_id) WHERE NOT deleted AND phase NOT IN ('Succeeded', 'Failed');
CREATE INDEX workloads_gone ON workloads (updated_at) WHERE deleted;

CREATE TABLE nodes (
    tenant_id  uuid NOT NULL,
    cluster_id uuid NOT NULL,
    name       text NOT NULL,
    uid        text NOT NULL,
    pool       text NOT NULL,
    ready      boolean NOT NULL,
    gpus       integer NOT NULL,
    body       jsonb NOT NULL,
    version    bigint NOT NULL,
    deleted    boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, cluster_id, name),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE nodes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON nodes TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON nodes TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, DELETE ON nodes TO berth_api;
CREATE INDEX nodes_by_uid ON nodes (tenant_id, cluster_id, uid);

-- The answer that a repeated POST gets, for a day. A row without an answer is a request that is still running.
CREATE TABLE idempotency_keys (
    tenant_id    uuid NOT NULL,
    user_id      uuid NOT NULL,
    key          text NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
    request_hash bytea NOT NULL,
    status       integer,
    headers      jsonb,
    body         bytea,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_id, key),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON idempotency_keys TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON idempotency_keys TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO berth_api;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
