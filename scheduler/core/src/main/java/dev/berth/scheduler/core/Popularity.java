package dev.berth.scheduler.core;

import java.util.List;

/**
 * Which requests arrive in a pool and how often: what the packing saves room for.
 *
 * @param shares most popular first; they sum to 1, or there are none
 */
public record Popularity(List<Share> shares) {
    public static final Popularity NONE = new Popularity(List.of());

    public Popularity {
        shares = List.copyOf(shares);
    }

    /** One class of requests; memory and node selector do not distinguish classes here. */
    public record Share(Request request, double share) {}
}
