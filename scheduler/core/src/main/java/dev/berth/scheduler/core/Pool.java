package dev.berth.scheduler.core;

/** A set of nodes whose capacity is divided on its own. Nodes name the pool; a pool that no one declared packs. */
public record Pool(String name, Placement placement) {}
