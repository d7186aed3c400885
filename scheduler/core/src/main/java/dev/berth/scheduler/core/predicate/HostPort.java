package dev.berth.scheduler.core.predicate;

/**
 * A port of the node that a pod takes for itself.
 *
 * @param ip address of the node, or {@link #ALL}
 * @param protocol such as TCP
 * @param port from 1 to 65535
 */
public record HostPort(String ip, String protocol, int port) {
    /** All addresses of the node. */
    public static final String ALL = "0.0.0.0";

    boolean conflicts(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (ip.equals(other.ip) || ip.equals(ALL) || other.ip.equals(ALL));
    }

    @Override
    public String toString() {
        String at = ip.equals(ALL) ? "" : ip + ":";
        return at + port + "/" + protocol;
    }
}
