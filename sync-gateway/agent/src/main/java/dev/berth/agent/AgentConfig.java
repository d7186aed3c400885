package dev.berth.agent;

import dev.berth.runtime.Doc;

/** Configuration of the role "agent". */
public record AgentConfig(
        @Doc(
                value = "Name of the cluster that the agent speaks for, as the role that brings it has it",
                standard = "local")
        String cluster,

        @Doc(
                value =
                        "Path of a kubeconfig file; empty: a cluster of that name in this process, else the pod's service account or what kubectl uses",
                standard = "")
        String kubeconfig,

        @Doc(value = "The gateway, ws://host:port or wss://host:port", standard = "ws://127.0.0.1:8090")
        String gatewayUrl,

        @Doc(value = "One-time token bt1.…; needed until the cluster is enrolled", standard = "", secret = true)
        String joinToken,

        @Doc(value = "Directory for the cluster's key; empty: Secret berth/berth-agent in the cluster", standard = "")
        String stateDir,

        @Doc(
                value =
                        "PEM file with the authority of the gateway's certificate; empty: the join token's pin, or the platform's",
                standard = "")
        String caFile,

        @Doc(
                value =
                        "Back-off after the first failure, in milliseconds; doubles with each, and a random part of it is waited",
                standard = "100")
        int minBackoffMillis,

        @Doc(value = "Back-off at most, in milliseconds", standard = "60000")
        int maxBackoffMillis,

        @Doc(value = "The first try of a process is made within this time, in milliseconds", standard = "1000")
        int spreadMillis,

        @Doc(
                value = "Wait in milliseconds after a refusal that does not pass by itself, such as a revoked key",
                standard = "300000")
        int slowRetryMillis,

        @Doc(value = "Milliseconds between two samples of the nodes", standard = "5000")
        int sampleMillis) {}
