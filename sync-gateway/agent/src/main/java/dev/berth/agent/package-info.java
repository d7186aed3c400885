/**
 * The cluster's end of the tunnel: {@link dev.berth.agent.AgentRole}.
 *
 * <p>Decides nothing of the protocol: {@code dev.berth.tunnel.AgentEnd} does; here its effects meet a socket and the
 * {@code Cluster} port. Words: the {@link dev.berth.agent.Dialer} keeps one {@link dev.berth.agent.Connection} up; the
 * {@link dev.berth.agent.DesiredApplier} writes what comes down; the {@link dev.berth.agent.ObservedFeed} says what there
 * is; the {@link dev.berth.agent.Vault} keeps the cluster's key.
 *
 * <p>Threads: everything happens on the context of {@link dev.berth.agent.AgentVerticle}. While the control plane is away
 * the cluster goes on with the desired state that it has. Leaves pods and placement to operator and scheduler.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.agent;
