/**
 * The words of the house as types: ids, resources, GPU requests, phases, reasons, refusals.
 *
 * <p>Decides what the words mean and nothing else: no I/O, no library, no other room. Enter by {@link
 * dev.berth.model.Explanation} to see why a workload waits, by {@link dev.berth.model.Refusal} to see how Berth says no.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.model;
