package dev.berth.runtime;

import java.util.List;

/** What holds for the whole process: section {@code process} of the configuration file. */
public record ProcessConfig(
        @Doc(
                value = "local: roles of this process only; clustered: find other processes by Hazelcast.",
                standard = "local")
        BusKind bus,

        @Doc(value = "Address on which the clustered bus listens, and which its peers dial.", standard = "127.0.0.1")
        String busHost,

        @Doc(
                value =
                        "Port of Hazelcast, 1 to 65535; taken means the next free one of 100, or, with busKubernetesService, that the start is refused.",
                standard = "5701")
        int busPort,

        @Doc(value = "Peers as host:port, for TCP/IP join.", standard = "[]")
        List<String> busPeers,

        @Doc(
                value = "DNS name of a headless Kubernetes service whose pods are the peers; empty: TCP/IP join.",
                standard = "")
        String busKubernetesService,

        @Doc(value = "Name that all processes of one control plane share.", standard = "berth")
        String busName,

        @Doc(value = "Address of /healthz, /readyz and /metrics.", standard = "127.0.0.1")
        String healthHost,

        @Doc(value = "Port of /healthz, /readyz and /metrics; 0: any free one; -1: none.", standard = "9400")
        int healthPort,

        @Doc(value = "Event-loop threads; 0: two for each core.", standard = "0")
        int eventLoops) {
    public enum BusKind {
        local,
        clustered
    }

    public ProcessConfig {
        busPeers = List.copyOf(busPeers);
        if (healthPort < -1 || healthPort > 65535) {
            throw new IllegalArgumentException("Expected -1 to 65535 as healthPort, but got " + healthPort + ".");
        }
        if (busPort < 1 || busPort > 65535) {
            throw new IllegalArgumentException("Expected 1 to 65535 as busPort, but got " + busPort + ".");
        }
    }
}
