/**
 * Speaks REST with a Berth server: {@link dev.berth.cli.wire.Api} for calls, {@link dev.berth.cli.wire.Feed} for streams.
 * It takes the client of {@code java.net} and reads JSON without object mapping, because the first call of a cold JVM is
 * what users wait for. Everything that comes from a server is hostile until shown by {@code dev.berth.cli.show}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.cli.wire;
