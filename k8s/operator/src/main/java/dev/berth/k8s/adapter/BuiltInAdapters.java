package dev.berth.k8s.adapter;

import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The adapters that Berth ships, as files of this package. One of a user for the same kind goes before them. */
public final class BuiltInAdapters {
    private static final List<String> FILES = List.of(
            "kubernetes.yaml",
            "sets.yaml",
            "kubeflow.yaml",
            "ray.yaml",
            "pipelines.yaml",
            "serving.yaml",
            "machines.yaml");

    private BuiltInAdapters() {}

    /** Reads the files: for a worker, not for an event loop. */
    public static List<WorkloadAdapter> read() {
        KubernetesSerialization yaml = new KubernetesSerialization();
        List<WorkloadAdapter> all = new ArrayList<>();
        for (String file : FILES) {
            for (String document : text(file).split("(?m)^---\n", -1)) {
                all.add(yaml.unmarshal(document, WorkloadAdapter.class));
            }
        }
        return all;
    }

    private static String text(String file) {
        try (InputStream stream = BuiltInAdapters.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("Expected the file " + file + " beside " + BuiltInAdapters.class);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
