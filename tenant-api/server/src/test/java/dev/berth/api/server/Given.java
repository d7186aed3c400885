package dev.berth.api.server;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Words for what a test starts from. */
final class Given {
    private Given() {}

    static String cluster(String name) {
        return "{\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    static String project(String name, long gpuMilli) {
        return "{\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"quotas\":[{\"nodePool\":\"default\",\"gpuMilli\":{\"quota\":" + gpuMilli + "}}]}}";
    }

    static String workload(String name, String project, String cluster) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"project\":\"" + project + "\",\"cluster\":\""
                + cluster
                + "\",\"image\":\"ubuntu\",\"command\":[\"sleep\",\"300\"],\"resources\":{\"cpuMilli\":500,\"memoryMib\":1024,\"gpu\":{\"devices\":2}}}}";
    }

    /** What the tunnel does when a cluster reports one object. */
    static void reported(ApiProcess api, UUID tenant, String cluster, String kind, String uid, String body)
            throws Exception {
        try (Connection admin = api.admin();
                PreparedStatement call = admin.prepareStatement("SELECT project_observed(?, ?, ?, ?, ?, ?)")) {
            call.setObject(1, tenant);
            call.setObject(2, UUID.fromString(cluster));
            call.setArray(3, admin.createArrayOf("text", new Object[] {kind}));
            call.setArray(4, admin.createArrayOf("text", new Object[] {uid}));
            call.setArray(5, admin.createArrayOf("bytea", new byte[][] {
                body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8)
            }));
            call.setArray(6, admin.createArrayOf("bool", new Object[] {body == null}));
            try (ResultSet result = call.executeQuery()) {
                result.next();
                api.bus.publish(
                        dev.berth.contract.ChangeContract.CHANGED,
                        new dev.berth.contract.ChangeContract.Changed(
                                new dev.berth.model.TenantId(tenant.toString()), result.getLong(1)));
            }
        }
    }

    /** What the cluster is to hold, as its agent reads it in order. */
    static List<String> desired(ApiProcess api, String cluster) throws Exception {
        try (Connection connection = api.admin();
                var query = connection.prepareStatement(
                        "SELECT kind || ' ' || (convert_from(body, 'UTF8')::jsonb #>> '{metadata,name}') FROM desired_log WHERE cluster_id = ? ORDER BY dseq")) {
            query.setObject(1, UUID.fromString(cluster));
            var found = new ArrayList<String>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    static String running(String node, int gpu) {
        return "{\"status\":{\"phase\":\"Running\",\"reason\":\"\",\"message\":\"\",\"pods\":[{\"name\":\"w-0\",\"node\":\""
                + node + "\",\"gpus\":[" + gpu
                + "],\"gpuMilli\":1000,\"phase\":\"Running\",\"startedAtMillis\":1700000000000}],\"podCounts\":{\"Running\":1},\"queuedAtMillis\":1700000000000}}";
    }

    static String node(String name) {
        return "{\"name\":\"" + name
                + "\",\"pool\":\"default\",\"ready\":true,\"labels\":{},\"gpus\":8,\"gpuModel\":\"A100\",\"gpuMemoryMib\":81920,\"allocatable\":{\"cpuMilli\":64000,\"memoryMib\":500000,\"gpuMilli\":8000}}";
    }
}
