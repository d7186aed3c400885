/**
 * Scenarios that load a Berth and say what it bore: {@link dev.berth.loadtest.Main} is the command.
 *
 * <p>Words: an {@code FakeAgent} speaks the tunnel's real protocol over a real socket for a cluster that
 * does not exist; a {@code Swarm} is all of them; a {@code ControlPlane} is what they
 * dial. Arrivals are open-loop: a report is due at its time whether or not earlier ones are answered, and its latency counts
 * from then, so that a system that stalls cannot hide it. Leaves the verdict on a figure to whoever reads the report, except
 * for loss, which fails the command.
 *
 * <p>Threads: the swarm lives on one event loop of its own; the scenario waits for it on the caller's thread.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.loadtest;
