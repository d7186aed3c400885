/**
 * Byte streams to and from pods on a tunnel: logs, exec, attach, port-forward. {@link dev.berth.tunnel.stream.StreamTable}
 * holds one end of all streams of a connection and decides what goes next; {@link dev.berth.tunnel.stream.ByteStream} is
 * one of them, the same at both ends.
 *
 * <p>Each direction of each stream has its own window of credit, so that a reader who stops holds up his own stream and
 * nobody else's. As in the package around it there is no socket, clock or thread here: frames are given in, and fetched one
 * by one while the socket takes more, after everything else that the tunnel has to say.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.tunnel.stream;
