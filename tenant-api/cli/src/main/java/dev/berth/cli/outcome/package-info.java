/**
 * How a command ends: {@link dev.berth.cli.outcome.ExitCode} for scripts, {@link dev.berth.cli.outcome.Failure} for
 * people. Scripts rely on the numbers, so a number never changes its meaning.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.cli.outcome;
