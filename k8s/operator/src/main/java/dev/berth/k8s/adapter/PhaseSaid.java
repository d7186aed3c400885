package dev.berth.k8s.adapter;

import dev.berth.model.Phase;

/**
 * What an object's status means.
 *
 * @param reason stable word; empty: none
 * @param message one sentence; empty: none
 */
public record PhaseSaid(Phase phase, String reason, String message) {}
