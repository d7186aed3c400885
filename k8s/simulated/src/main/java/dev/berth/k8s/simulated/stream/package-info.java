/**
 * Logs, commands and ports of simulated pods: lines that follow from a pod's annotations and its age, a handful of
 * commands, and ports that send back what they get. Enter by {@link dev.berth.k8s.simulated.stream.SimulatedPodStreams}.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.simulated.stream;
