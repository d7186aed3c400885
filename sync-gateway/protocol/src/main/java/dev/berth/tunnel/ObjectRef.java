package dev.berth.tunnel;

/** Names an object on a stream. */
public record ObjectRef(String kind, String uid) {}
