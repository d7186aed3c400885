/**
 * Follows the outbox and hands every change to who listens: newest state of each object, at most four times a second, from
 * the version the listener names.
 *
 * <p>The doorbell {@code ChangeContract.CHANGED} only says when to look; a poll looks anyway. A listener is a cursor into the
 * outbox: one that reads slowly is passed over and later gets the newest state, so nothing queues up for it. Enter by {@link
 * dev.berth.api.server.live.LiveStreams}. All state belongs to the verticle's event loop.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.api.server.live;
