/**
 * What verticles say to each other: records and the typed addresses they travel on. A {@link dev.berth.contract.Call}
 * is answered, a {@link dev.berth.contract.Topic} is heard by whoever listens.
 *
 * <p>A message here is a doorbell: what must not be lost is a row in PostgreSQL or an object in the cluster, and behind
 * each doorbell stands a poll. Addresses are {@code berth.<room>.<what>[.<key>]}; records change additively.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.contract;
