-- The store behind berth-tunnel/1: keys of clusters, the one session of each, and how far either stream is durable.
-- The gateway signs in as berth_gateway, which sees no table and may only execute the tunnel_* functions below; each names
-- one cluster and, once a session is open, its epoch. Locks are taken in this order: session, cursor, tenant, cluster.

-- Only public halves are here. A revoked key stays, so that its owner can be told.
CREATE TABLE cluster_keys (
    tenant_id       uuid NOT NULL,
    cluster_id      uuid NOT NULL,
    key_id          text NOT NULL,
    public_key      bytea NOT NULL,
    kube_system_uid text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    revoked_at      timestamptz,
    PRIMARY KEY (cluster_id, key_id),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE cluster_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON cluster_keys TO berth_owner USING (true) WITH CHECK (true);

-- The newest epoch is the only session that may write or be given anything.
CREATE TABLE cluster_session (
    tenant_id    uuid NOT NULL,
    cluster_id   uuid PRIMARY KEY,
    epoch        bigint NOT NULL,
    gateway      text NOT NULL,
    instance_id  text NOT NULL,
    key_id       text NOT NULL,
    connected_at timestamptz NOT NULL,
    closed_at    timestamptz,
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 50);
ALTER TABLE cluster_session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON cluster_session TO berth_owner USING (true) WITH CHECK (true);

CREATE TABLE session_cursor (
    tenant_id     uuid NOT NULL,
    cluster_id    uuid PRIMARY KEY,
    -- One life of the agent's memory; another one has to tell all there is.
    incarnation   text NOT NULL,
    oseq          bigint NOT NULL,
    -- While a snapshot is incomplete: objects below this number were not named by it yet.
    snapshot_from bigint,
    dseq_acked    bigint NOT NULL DEFAULT 0,
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 50);
ALTER TABLE session_cursor ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON session_cursor TO berth_owner USING (true) WITH CHECK (true);

-- What each cluster said last of each object. Bodies of nodes and workloads are in their own tables.
CREATE TABLE observed_objects (
    tenant_id  uuid NOT NULL,
    cluster_id uuid NOT NULL,
    kind       text NOT NULL,
    uid        text NOT NULL,
    oseq       bigint NOT NULL,
    hash       bytea NOT NULL,
    body       bytea,
    deleted    boolean NOT NULL,
    PRIMARY KEY (cluster_id, kind, uid),
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES clusters (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 70);
ALTER TABLE observed_objects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON observed_objects TO berth_owner USING (true) WITH CHECK (true);

-- Spends a join token by this key. The same key may come again while the token lives, since an answer can get lost.
-- Answers enrolled, unknown, expired or taken. Keys of the cluster before this one are revoked, and their session with them.
CREATE FUNCTION tunnel_enroll(p_cluster uuid, p_secret_sha256 bytea, p_key_id text, p_public_key bytea, p_kube_system_uid text)
    RETURNS text
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
DECLARE
    token join_tokens;
BEGIN
    SELECT * INTO token FROM join_tokens j
    WHERE j.cluster_id = p_cluster AND j.token_sha256 = p_secret_sha256 FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown';
    ELSIF token.used_by_key <> p_public_key THEN
        RETURN 'taken';
    ELSIF token.expires_at <= now() THEN
        RETURN 'expired';
    ELSIF token.used_by_key = p_public_key THEN
        RETURN 'enrolled';
    END IF;
    UPDATE join_tokens SET used_by_key = p_public_key
    WHERE tenant_id = token.tenant_id AND cluster_id = p_cluster;
    UPDATE cluster_keys SET revoked_at = now() WHERE cluster_id = p_cluster AND key_id <> p_key_id AND revoked_at IS NULL;
    INSERT INTO cluster_keys (tenant_id, cluster_id, key_id, public_key, kube_system_uid)
    VALUES (token.tenant_id, p_cluster, p_key_id, p_public_key, left(p_kube_system_uid, 253))
    ON CONFLICT (cluster_id, key_id) DO UPDATE SET revoked_at = NULL;
    UPDATE cluster_session SET epoch = epoch + 1 WHERE cluster_id = p_cluster AND key_id <> p_key_id;
    RETURN 'enrolled';
END
$$;

-- The public key by which a HELLO is to be signed.
CREATE FUNCTION tunnel_key(p_cluster uuid, p_key_id text) RETURNS TABLE (public_key bytea, revoked boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
    SELECT k.public_key, k.revoked_at IS NOT NULL FROM cluster_keys k
    WHERE k.cluster_id = p_cluster AND k.key_id = p_key_id
$$;

-- Opens the one session of a cluster, above all before it; no row when the key is not (any more) a key of the cluster.
-- p_acked is the highest number that the agent saw acknowledged: when the store knows less, it was set back, and the agent
-- has to tell everything once more. The same holds for the desired log the other way round.
CREATE FUNCTION tunnel_open(
    p_cluster uuid, p_key_id text, p_gateway text, p_instance text, p_agent_version text,
    p_incarnation text, p_acked bigint, p_store_id text, p_dseq bigint)
    RETURNS TABLE (epoch bigint, tenant_id uuid, store_id uuid, head bigint, committed bigint, base bigint,
        observed_snapshot boolean, desired_snapshot boolean, version bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
#variable_conflict use_column
DECLARE
    seen   session_cursor;
    same   boolean;
BEGIN
    SELECT k.tenant_id INTO tenant_id FROM cluster_keys k
    WHERE k.cluster_id = p_cluster AND k.key_id = p_key_id AND k.revoked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    INSERT INTO cluster_session AS s (tenant_id, cluster_id, epoch, gateway, instance_id, key_id, connected_at)
    VALUES (tunnel_open.tenant_id, p_cluster, 1, p_gateway, p_instance, p_key_id, now())
    ON CONFLICT (cluster_id) DO UPDATE SET epoch = s.epoch + 1, gateway = excluded.gateway,
        instance_id = excluded.instance_id, key_id = excluded.key_id, connected_at = now(), closed_at = NULL
    RETURNING s.epoch INTO epoch;

    INSERT INTO session_cursor (tenant_id, cluster_id, incarnation, oseq)
    VALUES (tunnel_open.tenant_id, p_cluster, '', 0) ON CONFLICT (cluster_id) DO NOTHING;
    SELECT * INTO seen FROM session_cursor c WHERE c.cluster_id = p_cluster FOR UPDATE;
    same := seen.incarnation = p_incarnation;
    IF NOT same OR seen.oseq < p_acked THEN
        seen.snapshot_from := seen.oseq + 1;
        UPDATE session_cursor c SET incarnation = p_incarnation, snapshot_from = seen.snapshot_from
        WHERE c.cluster_id = p_cluster;
    END IF;
    base := seen.oseq;
    committed := CASE WHEN same THEN seen.oseq ELSE 0 END;
    observed_snapshot := seen.snapshot_from IS NOT NULL;

    version := set_cluster_state(tunnel_open.tenant_id, p_cluster, 'Connected', p_agent_version);
    SELECT c.store_id, c.dseq INTO store_id, head FROM clusters c WHERE c.id = p_cluster;
    IF p_store_id = tunnel_open.store_id::text AND p_dseq > head THEN
        UPDATE clusters c SET store_id = gen_random_uuid() WHERE c.id = p_cluster RETURNING c.store_id INTO store_id;
    END IF;
    desired_snapshot := p_store_id <> tunnel_open.store_id::text;
    IF desired_snapshot THEN
        UPDATE session_cursor c SET dseq_acked = 0 WHERE c.cluster_id = p_cluster;
    END IF;
    RETURN NEXT;
END
$$;

-- For the sessions that a gateway holds: how far each desired log goes, and whether the session still is the newest.
CREATE FUNCTION tunnel_poll(p_clusters uuid[], p_epochs bigint[])
    RETURNS TABLE (cluster_id uuid, epoch bigint, head bigint, is_current boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
    SELECT held.cluster_id, held.epoch, coalesce(c.dseq, 0), coalesce(s.epoch = held.epoch, false)
    FROM unnest(p_clusters, p_epochs) AS held (cluster_id, epoch)
    LEFT JOIN cluster_session s ON s.cluster_id = held.cluster_id
    LEFT JOIN clusters c ON c.id = held.cluster_id
$$;

-- A page of what the cluster shall hold: the newest version of each object after p_after, in the order of the log; without
-- tombstones for a snapshot. At most p_limit objects and about p_bytes. Fails with BT002 when the session is fenced.
CREATE FUNCTION tunnel_desired(p_cluster uuid, p_epoch bigint, p_after bigint, p_live_only boolean, p_limit integer, p_bytes bigint)
    RETURNS TABLE (dseq bigint, kind text, uid text, generation integer, hash bytea, body bytea, deleted boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM 1 FROM cluster_session s WHERE s.cluster_id = p_cluster AND s.epoch = p_epoch;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'fenced' USING ERRCODE = 'BT002';
    END IF;
    RETURN QUERY
    SELECT p.dseq, p.kind, p.uid, p.generation, p.hash, p.body, p.deleted
    FROM (
        SELECT n.*, sum(length(n.body)) OVER (ORDER BY n.dseq) AS bytes, row_number() OVER (ORDER BY n.dseq) AS position
        FROM (
            SELECT l.* FROM desired_log l
            WHERE l.cluster_id = p_cluster AND l.dseq > p_after AND NOT (p_live_only AND l.deleted)
                AND NOT EXISTS (SELECT 1 FROM desired_log newer
                    WHERE newer.cluster_id = l.cluster_id AND newer.kind = l.kind AND newer.uid = l.uid AND newer.dseq > l.dseq)
            ORDER BY l.dseq LIMIT p_limit
        ) AS n
    ) AS p
    WHERE p.bytes <= p_bytes OR p.position = 1
    ORDER BY p.dseq;
END
$$;

-- Everything up to p_dseq is written to the cluster. No row: fenced. The version is the tenant's when rows changed, else 0.
CREATE FUNCTION tunnel_ack_desired(p_cluster uuid, p_epoch bigint, p_dseq bigint)
    RETURNS TABLE (tenant_id uuid, version bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
#variable_conflict use_column
DECLARE
    before bigint;
BEGIN
    SELECT s.tenant_id INTO tenant_id FROM cluster_session s
    WHERE s.cluster_id = p_cluster AND s.epoch = p_epoch FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT c.dseq_acked INTO before FROM session_cursor c WHERE c.cluster_id = p_cluster FOR NO KEY UPDATE;
    version := 0;
    IF p_dseq > before THEN
        UPDATE session_cursor c SET dseq_acked = p_dseq WHERE c.cluster_id = p_cluster;
        version := desired_acknowledged(tunnel_ack_desired.tenant_id, p_cluster, before, p_dseq);
    END IF;
    RETURN NEXT;
END
$$;

-- Takes a batch of the observed stream; the cursor and the rows move together or not at all. No row: fenced.
CREATE FUNCTION tunnel_ingest(
    p_cluster uuid, p_epoch bigint, p_last bigint,
    p_kinds text[], p_uids text[], p_oseqs bigint[], p_hashes bytea[], p_bodies bytea[], p_deleteds boolean[])
    RETURNS TABLE (tenant_id uuid, version bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
#variable_conflict use_column
DECLARE
    kinds    text[];
    uids     text[];
    bodies   bytea[];
    deleteds boolean[];
BEGIN
    SELECT s.tenant_id INTO tenant_id FROM cluster_session s
    WHERE s.cluster_id = p_cluster AND s.epoch = p_epoch FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE session_cursor c SET oseq = greatest(c.oseq, p_last) WHERE c.cluster_id = p_cluster;
    WITH incoming AS MATERIALIZED (
        SELECT DISTINCT ON (u.kind, u.uid) u.*
        FROM unnest(p_kinds, p_uids, p_oseqs, p_hashes, p_bodies, p_deleteds) AS u (kind, uid, oseq, hash, body, deleted)
        ORDER BY u.kind, u.uid, u.oseq DESC
    ), written AS (
        INSERT INTO observed_objects AS o (tenant_id, cluster_id, kind, uid, oseq, hash, body, deleted)
        SELECT tunnel_ingest.tenant_id, p_cluster, i.kind, i.uid, i.oseq, i.hash,
            CASE WHEN NOT i.deleted AND i.kind NOT IN ('Node', 'Workload') THEN i.body END, i.deleted
        FROM incoming i
        ON CONFLICT (cluster_id, kind, uid) DO UPDATE
            SET oseq = excluded.oseq, hash = excluded.hash, body = excluded.body, deleted = excluded.deleted
            WHERE o.oseq < excluded.oseq
        RETURNING o.kind, o.uid
    )
    SELECT array_agg(i.kind ORDER BY i.oseq), array_agg(i.uid ORDER BY i.oseq), array_agg(i.body ORDER BY i.oseq),
        array_agg(i.deleted ORDER BY i.oseq)
    INTO kinds, uids, bodies, deleteds
    FROM written w JOIN incoming i ON i.kind = w.kind AND i.uid = w.uid;
    version := 0;
    IF kinds IS NOT NULL THEN
        version := project_observed(tunnel_ingest.tenant_id, p_cluster, kinds, uids, bodies, deleteds);
    END IF;
    RETURN NEXT;
END
$$;

-- The snapshot is complete: what it did not name is gone. No row: fenced.
CREATE FUNCTION tunnel_snapshot_end(p_cluster uuid, p_epoch bigint, p_last bigint)
    RETURNS TABLE (tenant_id uuid, version bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
#variable_conflict use_column
DECLARE
    begun bigint;
    kinds text[];
    uids  text[];
BEGIN
    SELECT s.tenant_id INTO tenant_id FROM cluster_session s
    WHERE s.cluster_id = p_cluster AND s.epoch = p_epoch FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT c.snapshot_from INTO begun FROM session_cursor c WHERE c.cluster_id = p_cluster FOR NO KEY UPDATE;
    UPDATE session_cursor c SET oseq = greatest(c.oseq, p_last), snapshot_from = NULL WHERE c.cluster_id = p_cluster;
    WITH gone AS (
        UPDATE observed_objects o SET deleted = true, body = NULL, hash = '', oseq = p_last
        WHERE o.cluster_id = p_cluster AND o.oseq < begun AND NOT o.deleted
        RETURNING o.kind, o.uid
    )
    SELECT array_agg(g.kind), array_agg(g.uid) INTO kinds, uids FROM gone g;
    version := 0;
    IF kinds IS NOT NULL THEN
        version := project_observed(tunnel_snapshot_end.tenant_id, p_cluster, kinds, uids,
            array_fill(''::bytea, ARRAY[cardinality(kinds)]), array_fill(true, ARRAY[cardinality(kinds)]));
    END IF;
    RETURN NEXT;
END
$$;

-- The session is over; the cluster shows as Disconnected unless a newer session is open. No row: there was nothing to do.
CREATE FUNCTION tunnel_close(p_cluster uuid, p_epoch bigint) RETURNS TABLE (tenant_id uuid, version bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE cluster_session s SET closed_at = now()
    WHERE s.cluster_id = p_cluster AND s.epoch = p_epoch AND s.closed_at IS NULL
    RETURNING s.tenant_id INTO tenant_id;
    IF FOUND THEN
        version := set_cluster_state(tunnel_close.tenant_id, p_cluster, 'Disconnected', NULL);
        RETURN NEXT;
    END IF;
END
$$;

-- Closes what an earlier life of this gateway left open when it was killed. Called before it listens; bounded, so repeat
-- until it answers nothing.
CREATE FUNCTION tunnel_close_left_open(p_gateway text) RETURNS TABLE (tenant_id uuid, version bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
#variable_conflict use_column
DECLARE
    left_open record;
BEGIN
    FOR left_open IN
        SELECT s.cluster_id, s.epoch FROM cluster_session s
        WHERE s.gateway = p_gateway AND s.closed_at IS NULL ORDER BY s.tenant_id, s.cluster_id LIMIT 500
    LOOP
        RETURN QUERY SELECT c.tenant_id, c.version FROM tunnel_close(left_open.cluster_id, left_open.epoch) c;
    END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION tunnel_enroll(uuid, bytea, text, bytea, text), tunnel_key(uuid, text),
    tunnel_open(uuid, text, text, text, text, text, bigint, text, bigint), tunnel_poll(uuid[], bigint[]),
    tunnel_desired(uuid, bigint, bigint, boolean, integer, bigint), tunnel_ack_desired(uuid, bigint, bigint),
    tunnel_ingest(uuid, bigint, bigint, text[], text[], bigint[], bytea[], bytea[], boolean[]),
    tunnel_snapshot_end(uuid, bigint, bigint), tunnel_close(uuid, bigint), tunnel_close_left_open(text) TO berth_gateway;
