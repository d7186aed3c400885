package dev.berth.scheduler.core.place;

/** The best place for a task: free now, or when others have left. */
public record Choice(Place place, boolean now) {}
