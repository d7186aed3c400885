-- The same functions as before, held to one plan: each report or tombstone finds its row by primary key. Tables grow from
-- nothing to thousands of rows before anybody has analysed them; left to choose, the planner then compared every report
-- with every workload of the cluster, and one batch held the tenant's lock for half a minute.

CREATE OR REPLACE FUNCTION project_observed(
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

CREATE OR REPLACE FUNCTION desired_acknowledged(p_tenant uuid, p_cluster uuid, p_after bigint, p_upto bigint) RETURNS bigint
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
