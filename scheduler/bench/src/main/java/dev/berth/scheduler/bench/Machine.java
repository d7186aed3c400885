package dev.berth.scheduler.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Locale;

/**
 * Where the figures were seen.
 *
 * @param load runnable processes in the last minute, at the start; above the number of cores the figures are too high
 */
record Machine(int cores, String architecture, String java, double load) {
    static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                system.getArch(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                system.getSystemLoadAverage());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d cores, %s, %s, load %.1f", cores, architecture, java, load);
    }
}
