-- Only the newest entry of an object is ever sent to its cluster, so older ones go; tombstones stay. A piece at a time.
CREATE FUNCTION compact_desired(p_rows integer) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
DECLARE
    removed integer;
BEGIN
    DELETE FROM desired_log d USING (
        SELECT l.cluster_id, l.dseq FROM desired_log l
        WHERE EXISTS (SELECT 1 FROM desired_log newer
            WHERE newer.cluster_id = l.cluster_id AND newer.kind = l.kind AND newer.uid = l.uid AND newer.dseq > l.dseq)
        LIMIT p_rows
    ) AS old
    WHERE d.cluster_id = old.cluster_id AND d.dseq = old.dseq;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
GRANT EXECUTE ON FUNCTION compact_desired(integer) TO berth_api;
