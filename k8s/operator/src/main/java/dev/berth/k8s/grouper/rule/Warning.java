package dev.berth.k8s.grouper.rule;

/** Something that its author should know: a stable word and one sentence. */
public record Warning(String reason, String message) {}
