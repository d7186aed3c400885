package dev.berth.runtime;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration file as sections: {@code process}, and one for each role instance, such as {@code gateway} or {@code
 * agent@borealis}. Not yet checked: {@link Berth#start} checks it against the roles.
 */
public record Settings(Map<String, Map<String, Object>> sections) {
    public static final String PROCESS = "process";
    private static final int MAX_BYTES = 1024 * 1024;

    public Settings {
        Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
        sections.forEach((name, values) -> copy.put(name, new LinkedHashMap<>(values)));
        sections = copy;
    }

    public static Settings empty() {
        return new Settings(Map.of());
    }

    /** Reads a YAML file; refuses what is not sections of keys. */
    public static Settings read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StartRefused(
                        List.of("Expected a configuration file of at most 1 MiB, but " + file + " is larger."));
            }
            Map<String, Map<String, Object>> sections =
                    new YAMLMapper().readValue(Files.readString(file), new TypeReference<>() {});
            sections.replaceAll((name, values) -> values == null ? Map.of() : values);
            return new Settings(sections);
        } catch (IOException e) {
            String why = e.getMessage() == null
                    ? e.getClass().getSimpleName()
                    : e.getMessage().lines().findFirst().orElse("");
            throw new StartRefused(List.of("Cannot read the configuration file " + file + ": " + why));
        }
    }

    /** The same settings with keys of one section set. */
    public Settings with(String section, Map<String, ?> values) {
        Settings changed = new Settings(sections);
        changed.sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).putAll(values);
        return changed;
    }

    Map<String, Object> section(String name) {
        return sections.getOrDefault(name, Map.of());
    }

    /** Names of all sections but {@code process}. */
    public List<String> instances() {
        List<String> names = new ArrayList<>(sections.keySet());
        names.remove(PROCESS);
        return names;
    }
}
