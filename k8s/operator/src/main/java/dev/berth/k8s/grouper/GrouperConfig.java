package dev.berth.k8s.grouper;

import dev.berth.runtime.Doc;

/** Configuration of the role {@code grouper}. */
public record GrouperConfig(
        @Doc(value = "Name of the cluster that it works on, as its scheduler and operator have it.", standard = "local")
        String cluster,

        @Doc(
                value =
                        "Path of the kubeconfig of that cluster; empty: the pod's own account. Not looked at where a cluster of that name was attached in the same process.",
                standard = "")
        String kubeconfig,

        @Doc(value = "Pods that are grouped at a time, 1 to 1000.", standard = "32")
        int concurrency,

        @Doc(
                value = "First pause in milliseconds after a failure; doubles with each further one, 1 to 60000.",
                standard = "200")
        int retryMillis,

        @Doc(value = "Longest pause in milliseconds between two tries, retryMillis to 3600000.", standard = "30000")
        int maxRetryMillis,

        @Doc(
                value =
                        "Milliseconds after which every pod is looked at again though nothing was told, 1000 to 3600000.",
                standard = "60000")
        int resyncMillis) {
    public GrouperConfig {
        range("concurrency", concurrency, 1, 1_000);
        range("retryMillis", retryMillis, 1, 60_000);
        range("maxRetryMillis", maxRetryMillis, retryMillis, 3_600_000);
        range("resyncMillis", resyncMillis, 1_000, 3_600_000);
    }

    private static void range(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "Expected " + min + " to " + max + " in " + key + ", but got " + value + ".");
        }
    }
}
