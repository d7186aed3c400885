/**
 * Runs the pure core for one cluster: who leads, when a cycle starts, what it sees, and what becomes of its decisions.
 *
 * <p>Enter by {@link dev.berth.scheduler.verticle.SchedulerVerticle}. While {@link dev.berth.k8s.client.Leadership}
 * lasts there is one {@link dev.berth.scheduler.verticle.Term}: the {@link dev.berth.scheduler.verticle.SnapshotFeed} keeps
 * the core's state up to date from watches, the {@link dev.berth.scheduler.verticle.Pacer} says when, the core decides on a
 * worker, the {@link dev.berth.scheduler.verticle.StatementExecutor} binds and the {@link
 * dev.berth.scheduler.verticle.ExplanationWriter} says why others wait. All of it is owned by one event loop; only the
 * decision itself runs elsewhere, on an immutable picture.
 *
 * <p>What is decided, and why, is the core's business.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.scheduler.verticle;
