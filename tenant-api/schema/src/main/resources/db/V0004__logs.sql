-- The two numbered logs that every change goes through, in its own transaction:
-- outbox (what changed in a tenant: live streams, integration) and desired_log (what a cluster shall hold: the tunnel).
--
-- Order of locks, everywhere: tunnel's session rows, then the tenant's row, then cluster rows by id, then objects.
-- The tenant's row is taken first by next_version or lock_tenant, so writers of one tenant never wait in a circle.

CREATE TABLE outbox (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    version   bigint NOT NULL,
    kind      text NOT NULL,
    object_id text NOT NULL,
    name      text NOT NULL DEFAULT '',
    verb      text NOT NULL CHECK (verb IN ('ADDED', 'MODIFIED', 'DELETED')),
    at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, version)
);
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON outbox TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON outbox TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT ON outbox TO berth_api;

CREATE TABLE desired_log (
    cluster_id uuid NOT NULL,
    tenant_id  uuid NOT NULL,
    dseq       bigint NOT NULL,
    kind       text NOT NULL,
    uid        text NOT NULL,
    generation integer NOT NULL,
    hash       bytea NOT NULL,
    body       bytea NOT NULL,
    deleted    boolean NOT NULL,
    PRIMARY KEY (cluster_id, dseq),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE desired_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON desired_log TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON desired_log TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT ON desired_log TO berth_api;
CREATE INDEX desired_log_by_object ON desired_log (cluster_id, kind, uid, dseq DESC);

-- Takes the tenant's lock and p_n numbers of its version; returns the first of them.
CREATE FUNCTION next_version(p_tenant uuid, p_n integer) RETURNS bigint
    LANGUAGE sql VOLATILE SET search_path = berth, pg_temp AS $$
    UPDATE tenants SET version = version + p_n WHERE id = p_tenant RETURNING version - p_n + 1
$$;

-- Takes the tenant's lock before its number of changes is known.
CREATE FUNCTION lock_tenant(p_tenant uuid) RETURNS bigint
    LANGUAGE sql VOLATILE SET search_path = berth, pg_temp AS $$
    SELECT version FROM tenants WHERE id = p_tenant FOR NO KEY UPDATE
$$;

-- Appends objects, in the order given, to what the cluster shall hold; returns the last number. A tombstone (deleted) still
-- carries the object's metadata as its body, because the agent must know what to remove.
CREATE FUNCTION append_desired_batch(
    p_cluster uuid, p_kinds text[], p_uids text[], p_generations integer[], p_bodies bytea[], p_deleteds boolean[])
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE SET search_path = berth, pg_temp AS $$
DECLARE
    taken  integer := coalesce(cardinality(p_uids), 0);
    last   bigint;
    tenant uuid;
BEGIN
    UPDATE clusters SET dseq = dseq + taken WHERE id = p_cluster RETURNING dseq, tenant_id INTO last, tenant;
    INSERT INTO desired_log (cluster_id, tenant_id, dseq, kind, uid, generation, hash, body, deleted)
    SELECT p_cluster, tenant, last - taken + u.n, u.kind, u.uid, u.generation, substring(sha256(u.body) FOR 16), u.body, u.deleted
    FROM unnest(p_kinds, p_uids, p_generations, p_bodies, p_deleteds) WITH ORDINALITY
        AS u (kind, uid, generation, body, deleted, n);
    RETURN last;
END
$$;

CREATE FUNCTION append_desired(
    p_cluster uuid, p_kind text, p_uid text, p_generation integer, p_body bytea, p_deleted boolean) RETURNS bigint
    LANGUAGE sql VOLATILE SET search_path = berth, pg_temp AS $$
    SELECT append_desired_batch(p_cluster, ARRAY[p_kind], ARRAY[p_uid], ARRAY[p_generation], ARRAY[p_body], ARRAY[p_deleted])
$$;

GRANT EXECUTE ON FUNCTION next_version(uuid, integer), lock_tenant(uuid),
    append_desired_batch(uuid, text[], text[], integer[], bytea[], boolean[]),
    append_desired(uuid, text, text, integer, bytea, boolean) TO berth_api;
