package dev.berth.k8s.charts;

import dev.berth.testkit.KubeApiServer;
import dev.berth.testkit.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an administrator of the test's API server types. */
record Kubectl(KubeApiServer server, Path folder) {
    Command run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Testbed.command("kubectl").toString(),
                "--kubeconfig=" + server.kubeconfig(),
                "--cache-dir=" + folder.resolve("cache")));
        command.addAll(List.of(arguments));
        return Command.run(command);
    }

    /** Applies the documents; more arguments go before. */
    Command apply(List<String> documents, String... more) {
        List<String> arguments = new ArrayList<>(List.of("apply"));
        arguments.addAll(List.of(more));
        try {
            Path file = Files.createTempFile(folder, "apply", ".yaml");
            Files.writeString(file, String.join("\n---\n", documents));
            arguments.addAll(List.of("-f", file.toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return run(arguments.toArray(String[]::new));
    }

    /** A kubeconfig of a service account, with a token as its pods have one. */
    Path kubeconfigOf(String namespace, String account) {
        String token = run("create", "token", account, "--namespace", namespace)
                .output()
                .strip();
        try {
            String admin = Files.readString(server.kubeconfig());
            return Files.writeString(
                    folder.resolve(account + ".kubeconfig"), admin.replace(KubeApiServer.ADMIN + "-token", token));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
