-- How reports of clusters become rows that users read. Called by the tunnel's functions, as berth_owner, in the
-- transaction that moves the cluster's cursor; nobody else may execute them.

-- JSON of a report, or null when it is none: one bad report must not hold up the batch it came in.
CREATE FUNCTION json_or_null(p_body bytea) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE SET search_path = berth, pg_temp AS $$
BEGIN
    RETURN convert_from(p_body, 'UTF8')::jsonb;
EXCEPTION WHEN others THEN
    RETURN NULL;
END
$$;

CREATE FUNCTION uuid_or_null(p_text text) RETURNS uuid
    LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN p_text::uuid END
$$;

-- A number from a report, brought into bounds; 0 when it is no number.
CREATE FUNCTION bounded(p_value jsonb, p_max bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(p_value) = 'number' THEN least(greatest(p_value::numeric, 0), p_max)::bigint ELSE 0 END
$$;

CREATE FUNCTION array_of(p_value jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(p_value) = 'array' THEN p_value ELSE '[]'::jsonb END
$$;

-- GPU thousandths that a workload's live pods hold: devices of each pod times the part of each device.
CREATE FUNCTION held_gpu_milli(p_status jsonb) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(sum(jsonb_array_length(array_of(pod -> 'gpus')) * bounded(pod -> 'gpuMilli', 1000)), 0)::bigint
    FROM jsonb_array_elements(array_of(p_status -> 'pods')) AS pod
    WHERE coalesce(pod ->> 'phase', '') NOT IN ('Succeeded', 'Failed')
$$;

-- The phase that users see. Final stays final; what is being stopped or deleted is Stopping until the cluster is done.
CREATE FUNCTION seen_phase(p_old text, p_reported text, p_stopping boolean, p_deleting boolean) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN p_old IN ('Succeeded', 'Failed') THEN p_old
        WHEN p_reported IN ('Succeeded', 'Failed') THEN p_reported
        WHEN p_deleting THEN 'Stopping'
        WHEN p_stopping AND coalesce(p_reported, '') IN ('', 'Queued', 'Starting', 'Running') THEN 'Stopping'
        WHEN coalesce(p_reported, '') = '' THEN 'Queued'
        WHEN p_reported IN ('Queued', 'Starting', 'Running', 'Suspended', 'Preempted', 'Stopping') THEN p_reported
        ELSE 'Unknown'
    END
$$;

-- The plans of the next functions are held: each report or tombstone finds its row by primary key. Tables grow from nothing to
-- thousands of rows before anybody has analysed them; left to choose, the planner would compare every report with every
-- workload of the cluster, and one batch would hold the tenant's lock for half a minute.

-- Takes a batch of reports of one cluster: nodes and workload statuses that differ from what is known are written, get
-- versions, and go to the outbox. Reports of foreign or unknown objects are passed over. Returns the tenant's version after
-- the last change, or 0 when nothing changed: what ChangeContract.CHANGED carries after the commit.
CREATE FUNCTION project_observed(
    p_tenant uuid, p_cluster uuid, p_kinds text[], p_uids text[], p_bodies bytea[], p_deleteds boolean[]) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SET search_path = berth, pg_temp SET plan_cache_mode = force_custom_plan
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
    base bigint := lock_tenant(p_tenant);
    last bigint;
BEGIN
    WITH incoming AS MATERIALIZED (
        SELECT DISTINCT ON (u.kind, u.uid) u.kind, u.uid, u.deleted,
            CASE WHEN u.kind = 'Workload' THEN uuid_or_null(u.uid) END AS id,
            CASE WHEN NOT u.deleted THEN json_or_null(u.body) END AS body
        FROM unnest(p_kinds, p_uids, p_bodies, p_deleteds) WITH ORDINALITY AS u (kind, uid, body, deleted, n)
        WHERE u.kind IN ('Workload', 'Node')
        ORDER BY u.kind, u.uid, u.n DESC
    ), reported AS MATERIALIZED (
        SELECT w.tenant_id, w.id, w.name, w.phase AS old_phase, i.deleted AND w.deleting AS gone,
            CASE WHEN i.deleted THEN w.status - 'pods' - 'podCounts' ELSE coalesce(i.body -> 'status', '{}') END AS status,
            seen_phase(w.phase, CASE WHEN i.deleted THEN 'Unknown' ELSE i.body -> 'status' ->> 'phase' END,
                w.stopped, w.deleting) AS phase,
            w.status AS old_status, w.observed_at IS NULL AS first
        FROM incoming i
        CROSS JOIN LATERAL (SELECT * FROM workloads o WHERE o.tenant_id = p_tenant AND o.id = i.id OFFSET 0) AS w
        WHERE i.kind = 'Workload' AND w.cluster_id = p_cluster AND NOT w.deleted AND (i.deleted OR jsonb_typeof(i.body) = 'object')
    ), work AS MATERIALIZED (
        SELECT r.*, row_number() OVER (ORDER BY r.id) AS n
        FROM reported r
        WHERE r.gone OR r.first OR r.phase <> r.old_phase OR r.status IS DISTINCT FROM r.old_status
    ), seen AS MATERIALIZED (
        SELECT DISTINCT ON (name) name, uid, body, deleted FROM (
            SELECT left(i.body ->> 'name', 253) AS name, i.uid, i.body, false AS deleted
            FROM incoming i WHERE i.kind = 'Node' AND NOT i.deleted AND jsonb_typeof(i.body -> 'name') = 'string'
            UNION ALL
            SELECT n.name, n.uid, n.body, true
            FROM incoming i
            JOIN nodes n ON n.tenant_id = p_tenant AND n.cluster_id = p_cluster AND n.uid = i.uid
            WHERE i.kind = 'Node' AND i.deleted
        ) AS both_sorts ORDER BY name, deleted
    ), node AS MATERIALIZED (
        SELECT s.*, o.name IS NULL OR o.deleted AS fresh,
            row_number() OVER (ORDER BY s.name) + (SELECT count(*) FROM work) AS n
        FROM seen s
        LEFT JOIN LATERAL (SELECT * FROM nodes m
            WHERE m.tenant_id = p_tenant AND m.cluster_id = p_cluster AND m.name = s.name OFFSET 0) AS o ON true
        WHERE o.name IS NULL OR o.deleted <> s.deleted OR (NOT s.deleted AND o.body <> s.body)
    ), written_work AS (
        UPDATE workloads w SET
            status = k.status, phase = k.phase, reason = left(coalesce(k.status ->> 'reason', ''), 100),
            held_gpu_milli = CASE WHEN k.gone OR k.phase IN ('Succeeded', 'Failed') THEN 0 ELSE held_gpu_milli(k.status) END,
            deleted = k.gone, version = base + k.n, updated_at = now(), observed_at = now()
        FROM work k WHERE w.tenant_id = k.tenant_id AND w.id = k.id
    ), written_nodes AS (
        INSERT INTO nodes AS o (tenant_id, cluster_id, name, uid, pool, ready, gpus, body, version, deleted)
        SELECT p_tenant, p_cluster, k.name, k.uid, left(coalesce(k.body ->> 'pool', 'default'), 63),
            coalesce(k.body -> 'ready' = 'true', false), bounded(k.body -> 'gpus', 64), k.body, base + k.n, k.deleted
        FROM node k
        ON CONFLICT (tenant_id, cluster_id, name) DO UPDATE SET
            uid = excluded.uid, pool = excluded.pool, ready = excluded.ready, gpus = excluded.gpus, body = excluded.body,
            version = excluded.version, deleted = excluded.deleted, updated_at = now()
    ), written_cluster AS (
        -- The cluster's counts follow from its nodes, so a change of nodes is a change of the cluster.
        UPDATE clusters c SET version = base + k.n, updated_at = now()
        FROM (SELECT max(n) + 1 AS n FROM node HAVING count(*) > 0) AS k
        WHERE c.tenant_id = p_tenant AND c.id = p_cluster
    ), rows AS MATERIALIZED (
        SELECT k.n, 'Workload' AS kind, k.id::text AS object_id, k.name,
            CASE WHEN k.gone THEN 'DELETED' ELSE 'MODIFIED' END AS verb FROM work k
        UNION ALL
        SELECT k.n, 'Node', p_cluster || '/' || k.name, k.name,
            CASE WHEN k.deleted THEN 'DELETED' WHEN k.fresh THEN 'ADDED' ELSE 'MODIFIED' END FROM node k
        UNION ALL
        SELECT max(k.n) + 1, 'Cluster', p_cluster::text, '', 'MODIFIED' FROM node k HAVING count(*) > 0
    ), written_rows AS (
        INSERT INTO outbox (tenant_id, version, kind, object_id, name, verb)
        SELECT p_tenant, base + r.n, r.kind, r.object_id, r.name, r.verb FROM rows r
    )
    UPDATE tenants SET version = version + (SELECT count(*) FROM rows)
    WHERE id = p_tenant AND EXISTS (SELECT 1 FROM rows)
    RETURNING version INTO last;
    RETURN coalesce(last, 0);
END
$$;

-- A workload that was deleted before its cluster ever reported it will not be reported as removed either: it is gone as soon
-- as the cluster has acknowledged its tombstone. Called with the acknowledged range (p_after, p_upto]; returns as above.
CREATE FUNCTION desired_acknowledged(p_tenant uuid, p_cluster uuid, p_after bigint, p_upto bigint) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SET search_path = berth, pg_temp SET plan_cache_mode = force_custom_plan
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
    base bigint;
    last bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM desired_log d WHERE d.cluster_id = p_cluster AND d.dseq > p_after AND d.dseq <= p_upto
            AND d.deleted AND d.kind = 'Workload') THEN
        RETURN 0;
    END IF;
    base := lock_tenant(p_tenant);
    WITH gone AS MATERIALIZED (
        SELECT w.tenant_id, w.id, w.name, row_number() OVER (ORDER BY w.id) AS n
        FROM (SELECT DISTINCT uid FROM desired_log d WHERE d.cluster_id = p_cluster AND d.dseq > p_after
            AND d.dseq <= p_upto AND d.deleted AND d.kind = 'Workload') AS t
        CROSS JOIN LATERAL (SELECT * FROM workloads o WHERE o.tenant_id = p_tenant AND o.id = uuid_or_null(t.uid) OFFSET 0) AS w
        WHERE w.deleting AND NOT w.deleted AND w.observed_at IS NULL
    ), written_work AS (
        UPDATE workloads w SET deleted = true, held_gpu_milli = 0, version = base + g.n, updated_at = now()
        FROM gone g WHERE w.tenant_id = g.tenant_id AND w.id = g.id
    ), written_rows AS (
        INSERT INTO outbox (tenant_id, version, kind, object_id, name, verb)
        SELECT p_tenant, base + g.n, 'Workload', g.id::text, g.name, 'DELETED' FROM gone g
    )
    UPDATE tenants SET version = version + (SELECT count(*) FROM gone)
    WHERE id = p_tenant AND EXISTS (SELECT 1 FROM gone)
    RETURNING version INTO last;
    RETURN coalesce(last, 0);
END
$$;

-- Writes that a cluster came or went; called by the tunnel's open and close. Returns the version, 0 when nothing changed.
CREATE FUNCTION set_cluster_state(p_tenant uuid, p_cluster uuid, p_state text, p_agent_version text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SET search_path = berth, pg_temp AS $$
DECLARE
    number bigint := lock_tenant(p_tenant) + 1;
    seen text;
BEGIN
    UPDATE clusters SET last_seen_at = now() WHERE tenant_id = p_tenant AND id = p_cluster;
    UPDATE clusters SET state = p_state, agent_version = coalesce(left(p_agent_version, 100), agent_version),
        version = number, updated_at = now()
    WHERE tenant_id = p_tenant AND id = p_cluster
        AND (state, agent_version) IS DISTINCT FROM (p_state, coalesce(left(p_agent_version, 100), agent_version))
    RETURNING name INTO seen;
    IF seen IS NULL THEN
        RETURN 0;
    END IF;
    INSERT INTO outbox (tenant_id, version, kind, object_id, name, verb)
    VALUES (p_tenant, number, 'Cluster', p_cluster::text, seen, 'MODIFIED');
    UPDATE tenants SET version = number WHERE id = p_tenant;
    RETURN number;
END
$$;

-- Removes what is no longer needed, a bounded piece at a time. The API calls it from time to time.
CREATE FUNCTION sweep(p_keep_rows bigint, p_keep interval) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
DECLARE
    removed integer := 0;
    step    integer;
    t       record;
BEGIN
    FOR t IN SELECT id FROM tenants ORDER BY id LOOP
        WITH old AS (
            SELECT o.version FROM outbox o
            WHERE o.tenant_id = t.id AND (o.at < now() - p_keep
                OR o.version <= (SELECT version - p_keep_rows FROM tenants WHERE id = t.id))
            ORDER BY o.version LIMIT 5000
        ), dropped AS (
            DELETE FROM outbox o USING old WHERE o.tenant_id = t.id AND o.version = old.version RETURNING o.version
        )
        UPDATE tenants SET compacted = d.upto FROM (SELECT max(version) AS upto FROM dropped) AS d
        WHERE id = t.id AND d.upto IS NOT NULL;
        GET DIAGNOSTICS step = ROW_COUNT;
        removed := removed + step;
    END LOOP;
    DELETE FROM sessions WHERE ctid IN (SELECT ctid FROM sessions WHERE expires_at < now() LIMIT 1000);
    DELETE FROM tokens WHERE ctid IN (SELECT ctid FROM tokens WHERE expires_at < now() - interval '7 days' LIMIT 1000);
    DELETE FROM idempotency_keys
    WHERE ctid IN (SELECT ctid FROM idempotency_keys WHERE created_at < now() - interval '24 hours' LIMIT 5000);
    DELETE FROM workloads WHERE ctid IN (SELECT ctid FROM workloads WHERE deleted AND updated_at < now() - p_keep LIMIT 5000);
    RETURN removed;
END
$$;
GRANT EXECUTE ON FUNCTION sweep(bigint, interval) TO berth_api;
GRANT EXECUTE ON FUNCTION array_of(jsonb), bounded(jsonb, bigint), uuid_or_null(text) TO berth_api;
