package dev.berth.api.server;

import dev.berth.runtime.Doc;

/** Configuration of the role "api". */
public record ApiConfig(
        @Doc(value = "Address to listen on", standard = "127.0.0.1")
        String host,

        @Doc(value = "Port of REST and console; 0: a free one", standard = "8080")
        int httpPort,

        @Doc(value = "Port of gRPC; 0: a free one, -1: no gRPC", standard = "9090")
        int grpcPort,

        @Doc(
                value = "Address that users type, for links and cookies; empty: http://localhost and the port",
                standard = "")
        String publicUrl,

        @Doc(
                value =
                        "Database, postgresql://host:port/database; empty: the one that the role store started in this process",
                standard = "")
        String databaseUrl,

        @Doc(value = "User of the database", standard = "berth_api")
        String databaseUser,

        @Doc(value = "Password of that user", standard = "", secret = true)
        String databasePassword,

        @Doc(value = "Connections to the database, 1 to 100", standard = "12")
        int poolSize,

        @Doc(value = "Hours that a sign-in lasts", standard = "12")
        int sessionHours,

        @Doc(value = "Requests that one user may make in a second", standard = "2000")
        int requestsPerSecond,

        @Doc(value = "Address that agents dial, as join commands show it", standard = "ws://127.0.0.1:8090")
        String tunnelUrl,

        @Doc(
                value = "SHA-256 of the public key of the tunnel's authority, base64url; none: not encrypted",
                standard = "none")
        String tunnelPin,

        @Doc(value = "Name of the tenant that the first start makes", standard = "main")
        String tenant,

        @Doc(
                value = "First admin, made at the first start with a one-time link on the console; empty: nobody",
                standard = "admin@localhost")
        String adminEmail,

        @Doc(
                value =
                        "Password that the first admin gets instead of the one-time link, 12 characters or more; empty: the link",
                standard = "",
                secret = true)
        String adminPassword,

        @Doc(value = "Minutes for which changes are kept for watchers that come back", standard = "60")
        int keepChangesMinutes,

        @Doc(value = "Changes of a tenant that are kept at most", standard = "200000")
        long keepChanges) {
    public ApiConfig {
        require(
                adminPassword.isEmpty() || adminPassword.length() >= 12,
                "Expected adminPassword of at least 12 characters, but got " + adminPassword.length() + ".");
        require(poolSize >= 1 && poolSize <= 100, "Expected poolSize 1 to 100, but got " + poolSize + ".");
        require(
                sessionHours >= 1 && sessionHours <= 720,
                "Expected sessionHours 1 to 720, but got " + sessionHours + ".");
        require(requestsPerSecond >= 1, "Expected requestsPerSecond of at least 1, but got " + requestsPerSecond + ".");
        require(
                keepChangesMinutes >= 1,
                "Expected keepChangesMinutes of at least 1, but got " + keepChangesMinutes + ".");
        require(keepChanges >= 1000, "Expected keepChanges of at least 1000, but got " + keepChanges + ".");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
