package dev.berth.contract;

import java.time.Duration;

/** An address that answers a {@code Q} with an {@code R}, within a deadline. */
public record Call<Q extends Record, R extends Record>(
        String address, Class<Q> request, Class<R> reply, Duration deadline) {
    public static <Q extends Record, R extends Record> Call<Q, R> of(
            String address, Class<Q> request, Class<R> reply, Duration deadline) {
        return new Call<>(address, request, reply, deadline);
    }

    /** The same call, at the address of one key, such as a cluster. */
    public Call<Q, R> at(Object key) {
        return new Call<>(address + "." + key, request, reply, deadline);
    }
}
