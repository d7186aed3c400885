package dev.berth.k8s.binder;

import dev.berth.runtime.Doc;

/** Configuration of the role {@code binder}. */
public record BinderConfig(
        @Doc(value = "Name of the cluster that it works on, as its scheduler and operator have it.", standard = "local")
        String cluster,

        @Doc(
                value = "Path of the kubeconfig of that cluster; empty: the pod's own account. Not looked at where a"
                        + " cluster of that name was attached in the same process.",
                standard = "")
        String kubeconfig,

        @Doc(value = "Requests that are worked on at a time, 1 to 1000.", standard = "64")
        int concurrency,

        @Doc(
                value = "Image with which a reservation learns its device: this image of Berth.",
                standard = "berth.dev/berth:0.1.0")
        String reservationImage,

        @Doc(
                value = "Image whose process waits for ever and so holds the device.",
                standard = "registry.k8s.io/pause:3.10")
        String holdImage,

        @Doc(
                value = "Milliseconds that an attempt may wait for a device, claim or volume, 100 to 3600000.",
                standard = "60000")
        int attemptMillis,

        @Doc(
                value =
                        "First pause in milliseconds after a failed attempt; doubles with each further one, 1 to 60000.",
                standard = "500")
        int retryMillis,

        @Doc(value = "Longest pause in milliseconds between two attempts, retryMillis to 3600000.", standard = "30000")
        int maxRetryMillis,

        @Doc(
                value = "Milliseconds between two looks at a volume or claim that is awaited, 10 to 60000.",
                standard = "1000")
        int pollMillis,

        @Doc(
                value = "Milliseconds after which a device that nobody shares is given back, 0 to 600000.",
                standard = "2000")
        int releaseMillis,

        @Doc(value = "Life of the lease in seconds, 2 to 300.", standard = "15")
        int leaseSeconds) {
    public BinderConfig {
        range("concurrency", concurrency, 1, 1_000);
        range("attemptMillis", attemptMillis, 100, 3_600_000);
        range("retryMillis", retryMillis, 1, 60_000);
        range("maxRetryMillis", maxRetryMillis, retryMillis, 3_600_000);
        range("pollMillis", pollMillis, 10, 60_000);
        range("releaseMillis", releaseMillis, 0, 600_000);
        range("leaseSeconds", leaseSeconds, 2, 300);
    }

    Reservation.Images images() {
        return new Reservation.Images(reservationImage, holdImage);
    }

    /** The pause after the n-th failed attempt, from 1. */
    long pauseMillis(int attempts) {
        int doublings = Math.min(Math.max(attempts, 1) - 1, 20);
        return Math.min((long) retryMillis << doublings, maxRetryMillis);
    }

    private static void range(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "Expected " + min + " to " + max + " in " + key + ", but got " + value + ".");
        }
    }
}
