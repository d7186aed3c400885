/**
 * The control plane's end of the tunnels: {@link dev.berth.gateway.GatewayRole}.
 *
 * <p>Decides nothing of the protocol: {@code dev.berth.tunnel.GatewayEnd} does; here its effects meet sockets, PostgreSQL
 * and the bus. Words: a {@link dev.berth.gateway.Tunnel} is one connection; an {@link dev.berth.gateway.IngestLane} is the
 * queue of one connection's reports before their commit, and {@link dev.berth.gateway.TenantCommits}
 * what the clusters of a tenant share of it; {@link dev.berth.gateway.LiveTunnels} are those of this process.
 *
 * <p>Threads: everything happens on the context of {@link dev.berth.gateway.GatewayVerticle}, except signatures, which are
 * checked on a worker. Every doorbell has a poll behind it. Leaves what users see of reports to the tables' own functions.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.gateway;
