/**
 * Who acts, in which tenant, and what that person may do; passwords and secrets as they are kept.
 *
 * <p>A {@link dev.berth.api.server.access.Principal} is the proof of a sign-in; every use case takes one and asks {@link
 * dev.berth.api.server.access.Grants}. Hashing is slow on purpose: {@link dev.berth.api.server.access.Passwords} keeps it
 * off the event loop and bounds how much of it waits.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server.access;
