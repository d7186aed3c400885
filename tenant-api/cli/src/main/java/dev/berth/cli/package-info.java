/**
 * The {@code berth} command. {@link dev.berth.cli.BerthCommand} is the way in; each command is a class that says its flags
 * and calls the API through a {@link dev.berth.cli.Session}. A {@link dev.berth.cli.Terminal} is all that it knows of the
 * process around it, so that tests are one. What goes over the wire is decided in {@code wire}, what is seen in
 * {@code show}, how a command ends in {@code outcome}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.cli;
