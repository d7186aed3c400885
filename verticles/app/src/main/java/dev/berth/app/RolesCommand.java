package dev.berth.app;

import dev.berth.runtime.Role;
import dev.berth.runtime.Roles;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the roles of this jar. */
@Command(name = "roles", description = "Lists the roles of this jar.", mixinStandardHelpOptions = true)
final class RolesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (Role<?> role : Roles.onClassPath().all()) {
            spec.commandLine().getOut().printf("%-10s  %s%n", role.name(), role.description());
        }
        spec.commandLine().getOut().flush();
        return 0;
    }
}
