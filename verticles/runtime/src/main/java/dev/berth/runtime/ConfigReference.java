package dev.berth.runtime;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Every configuration key of a section, from the records themselves: what {@code berth.jar config} prints. */
public record ConfigReference(String section, List<Key> keys) {
    public ConfigReference {
        keys = List.copyOf(keys);
    }

    /** One key; {@code standard} is empty where it is required or secret. */
    public record Key(String name, String type, boolean required, String standard, String variable, String doc) {}

    public static ConfigReference of(String section, Class<? extends Record> type) {
        List<Key> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Doc doc = component.getAnnotation(Doc.class);
            if (doc == null) {
                throw new IllegalStateException(section + "." + component.getName() + " has no @Doc");
            }
            boolean required = doc.standard().equals(Doc.REQUIRED);
            keys.add(new Key(
                    component.getName(),
                    component
                            .getGenericType()
                            .getTypeName()
                            .replaceAll("[a-z0-9]+\\.", "")
                            .replaceAll(".*\\$", ""),
                    required,
                    required ? "" : doc.standard(),
                    RoleConfig.variable(section, component.getName()),
                    doc.value()));
        }
        return new ConfigReference(section, keys);
    }

    public static List<ConfigReference> all(Roles roles) {
        List<ConfigReference> sections = new ArrayList<>();
        sections.add(of(Settings.PROCESS, ProcessConfig.class));
        roles.all().forEach(role -> sections.add(of(role.name(), role.config())));
        return sections;
    }
}
