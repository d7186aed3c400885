package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who may do what in a project's namespace by the Kubernetes API itself. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class ProjectAccess {
    @JsonPropertyDescription("User, Group or ServiceAccount.")
    @Default("User")
    @Pattern("User|Group|ServiceAccount")
    public String kind = "User";

    @JsonPropertyDescription("Name as the API server knows it.")
    @Size(min = 1, max = 253)
    public String name = "";

    @JsonPropertyDescription("Namespace of a ServiceAccount; empty: the project's own.")
    @Size(max = 63)
    public String namespace = "";

    @JsonPropertyDescription(
            "viewer reads; editor submits and stops workloads; admin also grants these roles to others.")
    @Default("editor")
    @Pattern("viewer|editor|admin")
    public String role = "editor";

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProjectAccess that
                && Objects.equals(kind, that.kind)
                && Objects.equals(name, that.name)
                && Objects.equals(namespace, that.namespace)
                && Objects.equals(role, that.role);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, namespace, role);
    }
}
