/** Those who see every event of a simulated cluster: the checker that counts bindings again by itself, and how far workloads are. */
@org.jspecify.annotations.NullMarked
package dev.berth.demo.watch;
