package dev.berth.gateway;

import dev.berth.runtime.Doc;
import java.util.List;
import java.util.Set;

/** Configuration of the role "gateway". */
public record GatewayConfig(
        @Doc(value = "Address to listen on", standard = "127.0.0.1")
        String host,

        @Doc(value = "Port to listen on; 0: a free one", standard = "8090")
        int port,

        @Doc(
                value =
                        "Public names of this gateway, comma-separated, without port; an agent signs the one it dialled",
                standard = "localhost,127.0.0.1")
        String publicHosts,

        @Doc(value = "Name of this gateway, unique among gateways of one database", standard = "gateway")
        String gatewayId,

        @Doc(
                value = "Database, postgresql://host:port/database; empty: that of the role \"store\" in this process",
                standard = "")
        String databaseUrl,

        @Doc(value = "Database user", standard = "berth_gateway")
        String databaseUser,

        @Doc(value = "Password of the database user", standard = "", secret = true)
        String databasePassword,

        @Doc(value = "Database connections, 1 to 64", standard = "6")
        int databaseConnections,

        @Doc(value = "Tunnels at most; further agents are told to come again", standard = "10000")
        int maxTunnels,

        @Doc(value = "Handshakes under way at most; further agents are told to come again", standard = "256")
        int maxHandshakes,

        @Doc(value = "Milliseconds between two looks for new desired state, 50 to 2000", standard = "2000")
        int pollMillis,

        @Doc(value = "Milliseconds that a stopping gateway waits for what is under way", standard = "3000")
        int drainMillis,

        @Doc(value = "Milliseconds over which agents of a stopping gateway dial again", standard = "1000")
        int spreadMillis,

        @Doc(value = "PEM file with the certificate chain; empty: no TLS here", standard = "")
        String tlsCertificate,

        @Doc(value = "PEM file with the private key of the certificate", standard = "")
        String tlsKey) {

    Set<String> hosts() {
        return Set.copyOf(List.of(publicHosts.replace(" ", "").split(",")));
    }
}
