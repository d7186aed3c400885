/**
 * Role "api": REST, console and live streams on one port, gRPC on another, over the same use cases.
 *
 * <p>Read it from the top: {@link dev.berth.api.server.ApiRole} deploys {@link dev.berth.api.server.ApiVerticle}, which wires
 * stores, use cases, live streams and both servers. {@link dev.berth.api.server.Bootstrap} makes the first tenant and users.
 * Everything runs on the verticle's event loop; only password hashing has threads of its own.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server;
