/**
 * berth-tunnel/1, the road between a cluster and the control plane, as far as it needs no socket, clock, thread or
 * store: frames and their limits ({@link dev.berth.tunnel.FrameCodec}), enrolment and signatures ({@link
 * dev.berth.tunnel.JoinToken}, {@link dev.berth.tunnel.ClusterKey}), and the two ends as machines that are given what
 * happened and return what to do ({@link dev.berth.tunnel.AgentEnd}, {@link dev.berth.tunnel.GatewayEnd}).
 *
 * <p>Words: a <em>frame</em> is one WebSocket message; the <em>desired</em> stream goes down and is numbered by dseq, the
 * <em>observed</em> stream goes up and is numbered by oseq; an <em>epoch</em> numbers the sessions of one cluster; a
 * <em>credit</em> is what the peer may still send; an <em>incarnation</em> is one life of the agent's memory.
 *
 * <p>Enter by {@code AgentEnd} and {@code GatewayEnd}; byte streams to pods are the package below. Sockets, timers, PostgreSQL and Kubernetes are left to
 * {@code dev.berth.gateway} and {@code dev.berth.agent}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.tunnel;
