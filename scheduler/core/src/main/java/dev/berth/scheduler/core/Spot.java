package dev.berth.scheduler.core;

import java.util.List;

/**
 * Where a task is.
 *
 * @param devices indices of its GPUs, ascending; empty when it has none or nobody told which
 * @param milliPerDevice thousandths that it holds of each of them
 */
public record Spot(String node, List<Integer> devices, int milliPerDevice) {
    public Spot {
        devices = List.copyOf(devices);
    }
}
