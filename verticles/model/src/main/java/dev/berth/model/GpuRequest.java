package dev.berth.model;

import java.util.function.Function;

/** What one pod asks of the GPUs of one node. */
public sealed interface GpuRequest {
    GpuRequest NONE = new Whole(0);
    int MAX_DEVICES = 64;

    /** Devices that the pod touches on its node. */
    int devices();

    /** Calls the function of this case; a new case breaks every caller at compile time. */
    <T> T match(Function<Whole, T> whole, Function<Fraction, T> fraction, Function<Memory, T> memory);

    /** {@code devices} whole GPUs, 0 for a pod that needs none. */
    record Whole(int devices) implements GpuRequest {
        public Whole {
            requireRange("whole GPUs", devices, 0, MAX_DEVICES);
        }

        @Override
        public <T> T match(Function<Whole, T> whole, Function<Fraction, T> fraction, Function<Memory, T> memory) {
            return whole.apply(this);
        }
    }

    /** The same part of each of {@code devices} GPUs: {@code milli} thousandths, 1 to 999. */
    record Fraction(int devices, int milli) implements GpuRequest {
        public Fraction {
            requireRange("devices", devices, 1, MAX_DEVICES);
            requireRange("thousandths of a GPU", milli, 1, 999);
        }

        @Override
        public <T> T match(Function<Whole, T> whole, Function<Fraction, T> fraction, Function<Memory, T> memory) {
            return fraction.apply(this);
        }
    }

    /** {@code mib} MiB of memory on each of {@code devices} GPUs. */
    record Memory(int devices, long mib) implements GpuRequest {
        public Memory {
            requireRange("devices", devices, 1, MAX_DEVICES);
            requireRange("MiB of GPU memory", mib, 1, 1L << 24);
        }

        @Override
        public <T> T match(Function<Whole, T> whole, Function<Fraction, T> fraction, Function<Memory, T> memory) {
            return memory.apply(this);
        }
    }

    private static void requireRange(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "Expected " + min + " to " + max + " " + what + ", but got " + value + ".");
        }
    }
}
