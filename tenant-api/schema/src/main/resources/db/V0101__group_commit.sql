-- Reports of several clusters in one transaction. A tenant's clusters wait for each other anyway, at the tenant's row; together
-- they cost one commit instead of one each.

-- As tunnel_ingest for each of p_clusters, which all are of one tenant: the i-th brings its session's epoch, the number up to
-- which it reports, and the next p_counts[i] of the items. No row for a cluster: fenced. Locks are taken in the order of
-- V0100: all sessions, all cursors, then the tenant.
CREATE FUNCTION tunnel_ingest_group(
    p_clusters uuid[], p_epochs bigint[], p_lasts bigint[], p_counts integer[],
    p_kinds text[], p_uids text[], p_oseqs bigint[], p_hashes bytea[], p_bodies bytea[], p_deleteds boolean[])
    RETURNS TABLE (cluster_id uuid, tenant_id uuid, version bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
#variable_conflict use_column
DECLARE
    first integer := 1;
    last  integer;
BEGIN
    PERFORM 1 FROM cluster_session s WHERE s.cluster_id = ANY (p_clusters) ORDER BY s.cluster_id FOR NO KEY UPDATE;
    PERFORM 1 FROM session_cursor c WHERE c.cluster_id = ANY (p_clusters) ORDER BY c.cluster_id FOR NO KEY UPDATE;
    FOR i IN 1 .. cardinality(p_clusters) LOOP
        last := first + p_counts[i] - 1;
        RETURN QUERY SELECT p_clusters[i], taken.tenant_id, taken.version
        FROM tunnel_ingest(p_clusters[i], p_epochs[i], p_lasts[i], p_kinds[first:last], p_uids[first:last],
            p_oseqs[first:last], p_hashes[first:last], p_bodies[first:last], p_deleteds[first:last]) AS taken;
        first := last + 1;
    END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION tunnel_ingest_group(uuid[], bigint[], bigint[], integer[], text[], text[], bigint[], bytea[],
    bytea[], boolean[]) TO berth_gateway;
