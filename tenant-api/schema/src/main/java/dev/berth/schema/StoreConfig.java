package dev.berth.schema;

import dev.berth.runtime.Doc;

/** Configuration of the role "store". */
public record StoreConfig(
        @Doc(
                value =
                        "External database, postgresql://host:port/database (PostgreSQL 16 or newer); empty: an embedded one is started",
                standard = "")
        String databaseUrl,

        @Doc(value = "User of the external database that may migrate it", standard = "")
        String databaseUser,

        @Doc(value = "Password of that user", standard = "", secret = true)
        String databasePassword,

        @Doc(
                value = "Password that berth_api gets in an external database; empty: left as it is",
                standard = "",
                secret = true)
        String apiPassword,

        @Doc(
                value = "Password that berth_gateway gets in an external database; empty: left as it is",
                standard = "",
                secret = true)
        String gatewayPassword,

        @Doc(value = "Directory of the embedded database", standard = "data/postgres")
        String dataDir,

        @Doc(value = "Port of the embedded database on 127.0.0.1; 0: a free one", standard = "0")
        int port,

        @Doc(value = "Whether commits of the embedded database survive a power cut", standard = "true")
        boolean durable) {}
