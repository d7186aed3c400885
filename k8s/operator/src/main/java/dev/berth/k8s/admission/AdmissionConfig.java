package dev.berth.k8s.admission;

import dev.berth.runtime.Doc;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Configuration of the role {@code admission}. */
public record AdmissionConfig(
        @Doc(value = "Name of the cluster that it works on, as its scheduler and operator have it.", standard = "local")
        String cluster,

        @Doc(
                value = "Path of the kubeconfig of that cluster; empty: the pod's own account. Not looked at where a"
                        + " cluster of that name was attached in the same process.",
                standard = "")
        String kubeconfig,

        @Doc(value = "Address to listen on.", standard = "0.0.0.0")
        String host,

        @Doc(value = "Port to listen on, 0 to 65535; 0: any that is free.", standard = "9443")
        int port,

        @Doc(
                value = "Host names and addresses under which the API server calls, separated by commas.",
                standard = "berth-admission.berth.svc")
        String names,

        @Doc(value = "Namespace of the secret with the certificate.", standard = "berth")
        String secretNamespace,

        @Doc(value = "Name of the secret with the certificate.", standard = "berth-admission-tls")
        String secretName,

        @Doc(
                value = "Name of the mutating and of the validating webhook configuration whose caBundle is kept.",
                standard = "berth-admission")
        String webhooks,

        @Doc(value = "Milliseconds between two looks at the certificate, 100 to 86400000.", standard = "60000")
        int checkMillis,

        @Doc(
                value = "Life of a serving certificate in seconds, 10 to 31536000; it is made anew after two thirds.",
                standard = "2592000")
        int certificateSeconds,

        @Doc(
                value =
                        "Life of the authority in seconds, certificateSeconds to 315360000; made anew after two thirds.",
                standard = "31536000")
        int authoritySeconds,

        @Doc(
                value = "How pods learn their part of a device, as the scheduler has it: reservation or annotation.",
                standard = "reservation")
        String fractions) {
    public AdmissionConfig {
        range("port", port, 0, 65_535);
        range("checkMillis", checkMillis, 100, 86_400_000);
        range("certificateSeconds", certificateSeconds, 10, 31_536_000);
        range("authoritySeconds", authoritySeconds, certificateSeconds, 315_360_000);
        if (!fractions.equals("reservation") && !fractions.equals("annotation")) {
            throw new IllegalArgumentException(
                    "Expected reservation or annotation in fractions, but got \"" + fractions + "\".");
        }
    }

    boolean reserved() {
        return fractions.equals("reservation");
    }

    List<String> allNames() {
        return Arrays.stream(names.split(",", 16))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    KeyRing.Lives lives() {
        return new KeyRing.Lives(Duration.ofSeconds(authoritySeconds), Duration.ofSeconds(certificateSeconds));
    }

    private static void range(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "Expected " + min + " to " + max + " in " + key + ", but got " + value + ".");
        }
    }
}
