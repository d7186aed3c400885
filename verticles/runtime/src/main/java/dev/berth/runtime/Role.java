package dev.berth.runtime;

import java.util.List;
import java.util.Set;

/**
 * A deployable part of Berth, found by ServiceLoader ({@code META-INF/services/dev.berth.runtime.Role}). A process runs
 * any set of roles; the same role may run several times under instance names, as {@code agent@borealis}.
 *
 * @param <C> the record that holds the role's configuration
 */
public interface Role<C extends Record> {
    /** Kebab-case, the section of the configuration file. */
    String name();

    /** One sentence for {@code berth.jar roles}. */
    String description();

    /** The configuration record; every component carries a {@link Doc}. */
    Class<C> config();

    /** Names of roles that must be up before this one, where they run in the same process. */
    default Set<String> after() {
        return Set.of();
    }

    /** What to deploy, in order. Wiring only: constructors, readable from top to bottom. */
    List<Deployment> deployments(C config, RoleContext context);
}
