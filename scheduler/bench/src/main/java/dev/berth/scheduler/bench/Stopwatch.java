package dev.berth.scheduler.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures single runs in a virtual machine of their own, after enough runs for the compiler to have seen the code. */
final class Stopwatch {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final TimeValue MOST = TimeValue.minutes(10);

    private final int warmUp;
    private final int runs;

    Stopwatch(int warmUp, int runs) {
        this.warmUp = warmUp;
        this.runs = runs;
    }

    Row measure(Goal goal) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^\\Qdev.berth.scheduler.bench." + goal.benchmark() + "\\E$")
                .mode(Mode.SingleShotTime)
                .timeUnit(TimeUnit.MILLISECONDS)
                .forks(1)
                .warmupIterations(warmUp)
                .measurementIterations(runs)
                .timeout(MOST)
                .jvmArgs("-Xmx4g", "-Xms4g", "-XX:+UseParallelGC")
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        goal.parameters().forEach(options::param);
        Collection<RunResult> results = new Runner(options.build()).run();
        RunResult result = List.copyOf(results).get(0);
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        if (allocated == null) {
            throw new IllegalStateException(
                    "Expected JMH to count what " + goal.benchmark() + " allocates, but it did not.");
        }
        return Row.of(goal, result.getPrimaryResult().getStatistics().getPercentile(50), allocated.getScore());
    }
}
