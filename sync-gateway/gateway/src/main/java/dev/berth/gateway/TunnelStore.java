package dev.berth.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.berth.model.TenantId;
import dev.berth.tunnel.Admission;
import dev.berth.tunnel.DesiredCursor;
import dev.berth.tunnel.JoinToken;
import dev.berth.tunnel.SignedHello;
import dev.berth.tunnel.v1.HelloBody;
import dev.berth.tunnel.v1.Item;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tunnel_* functions of the schema, and nothing else: the gateway may call them and may not see a table. */
final class TunnelStore {
    /** SQLSTATE of a read by a session that is not the newest. */
    static final String FENCED = "BT002";

    private static final int PAGE_OBJECTS = 256;
    private static final long PAGE_BYTES = 256 * 1024;

    private final Pool pool;

    TunnelStore(Pool pool) {
        this.pool = pool;
    }

    /** A session's place in the store. */
    record Held(UUID cluster, long epoch) {}

    /** Whose rows were written, and up to which version; 0 when none changed. */
    record Written(TenantId tenant, long version) {}

    record Key(byte[] publicKey, boolean revoked) {}

    record Opened(Admission admission, Written written) {}

    /** How far a cluster's desired log goes, and whether the session still is the newest. */
    record Standing(UUID cluster, long epoch, long head, boolean current) {}

    Future<String> enrol(UUID cluster, JoinToken token, String keyId, byte[] publicKey, String kubeSystemUid) {
        return call(
                        "SELECT tunnel_enroll($1, $2, $3, $4, $5)",
                        Tuple.of(
                                cluster,
                                Buffer.buffer(token.secretHash()),
                                keyId,
                                Buffer.buffer(publicKey),
                                kubeSystemUid))
                .map(rows -> rows.iterator().next().getString(0));
    }

    Future<Optional<Key>> key(UUID cluster, String keyId) {
        return call("SELECT public_key, revoked FROM tunnel_key($1, $2)", Tuple.of(cluster, keyId))
                .map(rows -> first(rows)
                        .map(row -> new Key(row.getBuffer("public_key").getBytes(), row.getBoolean("revoked"))));
    }

    Future<Optional<Opened>> open(UUID cluster, String gateway, SignedHello hello) {
        HelloBody body = hello.body();
        DesiredCursor desired = new DesiredCursor(
                body.getDesired().getStoreId(), body.getDesired().getDseq());
        Tuple values = Tuple.tuple()
                .addUUID(cluster)
                .addString(body.getKeyId())
                .addString(gateway)
                .addString(body.getInstanceId())
                .addString(printable(body.getAgentVersion()))
                .addString(body.getObserved().getIncarnation())
                .addLong(body.getObserved().getAcked())
                .addString(printable(desired.storeId()))
                .addLong(desired.dseq());
        return call("SELECT * FROM tunnel_open($1, $2, $3, $4, $5, $6, $7, $8, $9)", values)
                .map(rows -> first(rows).map(TunnelStore::opened));
    }

    private static Opened opened(Row row) {
        Admission admission = new Admission(
                row.getLong("epoch"),
                row.getUUID("store_id").toString(),
                row.getLong("head"),
                row.getLong("committed"),
                row.getLong("base"),
                row.getBoolean("observed_snapshot"),
                row.getBoolean("desired_snapshot"));
        return new Opened(admission, written(row));
    }

    Future<List<Standing>> poll(List<Held> held) {
        UUID[] clusters = held.stream().map(Held::cluster).toArray(UUID[]::new);
        Long[] epochs = held.stream().map(Held::epoch).toArray(Long[]::new);
        return call(
                        "SELECT cluster_id, epoch, head, is_current FROM tunnel_poll($1, $2)",
                        Tuple.tuple().addArrayOfUUID(clusters).addArrayOfLong(epochs))
                .map(rows -> {
                    List<Standing> standings = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        standings.add(new Standing(row.getUUID(0), row.getLong(1), row.getLong(2), row.getBoolean(3)));
                    }
                    return standings;
                });
    }

    /** The next page; empty: there is no more. */
    Future<List<Item>> desired(Held held, long after, boolean liveOnly) {
        return call(
                        "SELECT * FROM tunnel_desired($1, $2, $3, $4, $5, $6)",
                        Tuple.of(held.cluster, held.epoch, after, liveOnly, PAGE_OBJECTS, PAGE_BYTES))
                .map(rows -> {
                    List<Item> items = new ArrayList<>(rows.size());
                    rows.forEach(row -> items.add(item(row)));
                    return items;
                });
    }

    private static Item item(Row row) {
        return Item.newBuilder()
                .setSeq(row.getLong("dseq"))
                .setKind(row.getString("kind"))
                .setUid(row.getString("uid"))
                .setGeneration(row.getInteger("generation"))
                .setHash(bytes(row.getBuffer("hash")))
                .setBody(bytes(row.getBuffer("body")))
                .setDeleted(row.getBoolean("deleted"))
                .build();
    }

    private static ByteString bytes(Buffer buffer) {
        return UnsafeByteOperations.unsafeWrap(buffer.getBytes());
    }

    /** Commits items of one cluster; empty: fenced. */
    Future<Optional<Written>> ingest(Held held, long last, List<Item> items) {
        Tuple values = Tuple.of(held.cluster, held.epoch, last);
        return write("SELECT * FROM tunnel_ingest($1, $2, $3, $4, $5, $6, $7, $8, $9)", addColumns(values, items));
    }

    /** Commits items of several clusters of one tenant in one transaction; a cluster that is missing is fenced. */
    Future<Map<UUID, Written>> ingest(List<TenantCommits.Piece> pieces) {
        List<Item> items = new ArrayList<>();
        pieces.forEach(piece -> items.addAll(piece.items()));
        Tuple values = Tuple.tuple()
                .addArrayOfUUID(
                        pieces.stream().map(piece -> piece.held().cluster()).toArray(UUID[]::new))
                .addArrayOfLong(
                        pieces.stream().map(piece -> piece.held().epoch()).toArray(Long[]::new))
                .addArrayOfLong(pieces.stream().map(TenantCommits.Piece::last).toArray(Long[]::new))
                .addArrayOfInteger(
                        pieces.stream().map(piece -> piece.items().size()).toArray(Integer[]::new));
        return call(
                        "SELECT * FROM tunnel_ingest_group($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                        addColumns(values, items))
                .map(rows -> {
                    Map<UUID, Written> written = new HashMap<>();
                    rows.forEach(row -> written.put(row.getUUID("cluster_id"), written(row)));
                    return written;
                });
    }

    private static Tuple addColumns(Tuple values, List<Item> items) {
        return values.addArrayOfString(items.stream().map(Item::getKind).toArray(String[]::new))
                .addArrayOfString(items.stream().map(Item::getUid).toArray(String[]::new))
                .addArrayOfLong(items.stream().map(Item::getSeq).toArray(Long[]::new))
                .addArrayOfBuffer(items.stream()
                        .map(item -> Buffer.buffer(item.getHash().toByteArray()))
                        .toArray(Buffer[]::new))
                .addArrayOfBuffer(items.stream()
                        .map(item -> Buffer.buffer(item.getBody().toByteArray()))
                        .toArray(Buffer[]::new))
                .addArrayOfBoolean(items.stream().map(Item::getDeleted).toArray(Boolean[]::new));
    }

    Future<Optional<Written>> endSnapshot(Held held, long last) {
        return write("SELECT * FROM tunnel_snapshot_end($1, $2, $3)", Tuple.of(held.cluster, held.epoch, last));
    }

    /** Notes how far the cluster holds what it shall hold; empty: fenced. */
    Future<Optional<Written>> ackDesired(Held held, long dseq) {
        return write("SELECT * FROM tunnel_ack_desired($1, $2, $3)", Tuple.of(held.cluster, held.epoch, dseq));
    }

    Future<Optional<Written>> close(Held held) {
        return write("SELECT * FROM tunnel_close($1, $2)", Tuple.of(held.cluster, held.epoch));
    }

    /** Closes a bounded number of sessions that an earlier life of this gateway left open. */
    Future<List<Written>> closeLeftOpen(String gateway) {
        return call("SELECT * FROM tunnel_close_left_open($1)", Tuple.of(gateway))
                .map(rows -> {
                    List<Written> closed = new ArrayList<>();
                    rows.forEach(row -> closed.add(written(row)));
                    return closed;
                });
    }

    Future<Void> close() {
        return pool.close();
    }

    private Future<Optional<Written>> write(String sql, Tuple values) {
        return call(sql, values).map(rows -> first(rows).map(TunnelStore::written));
    }

    private static Written written(Row row) {
        return new Written(new TenantId(row.getUUID("tenant_id").toString()), row.getLong("version"));
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    /** Text of a stranger, without what PostgreSQL or a terminal would choke on. */
    private static String printable(String text) {
        String bounded = text.length() > 100 ? text.substring(0, 100) : text;
        return bounded.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private Future<RowSet<Row>> call(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values);
    }
}
