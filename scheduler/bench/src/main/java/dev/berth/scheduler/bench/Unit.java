package dev.berth.scheduler.bench;

/**
 * How a measured time is told.
 *
 * @param name of the unit
 * @param tasks decided in the measured time, for a rate; 0 for a time
 */
record Unit(String name, int tasks) {
    static final Unit MILLIS = new Unit("ms", 0);

    static Unit perSecond(int tasks) {
        return new Unit("tasks/s", tasks);
    }

    boolean moreIsBetter() {
        return tasks > 0;
    }

    double of(double millis) {
        return tasks > 0 ? tasks * 1000.0 / millis : millis;
    }
}
