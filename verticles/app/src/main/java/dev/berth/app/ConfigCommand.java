package dev.berth.app;

import dev.berth.runtime.ConfigReference;
import dev.berth.runtime.Roles;
import dev.berth.runtime.StartRefused;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints every configuration key with its type, default, environment variable and meaning. */
@Command(
        name = "config",
        description = "Lists every configuration key: type, default, environment variable, meaning.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  java -jar berth.jar config gateway"})
final class ConfigCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SECTION", description = "One section, such as gateway; default: all.")
    private @Nullable String section;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<ConfigReference> all = ConfigReference.all(Roles.onClassPath());
        List<ConfigReference> shown = section == null
                ? all
                : all.stream().filter(one -> one.section().equals(section)).toList();
        if (shown.isEmpty()) {
            throw new StartRefused(List.of("There is no section \"" + section + "\". Sections: "
                    + String.join(
                            ", ", all.stream().map(ConfigReference::section).toList()) + "."));
        }
        PrintWriter out = spec.commandLine().getOut();
        shown.forEach(one -> print(out, one));
        out.flush();
        return 0;
    }

    private static void print(PrintWriter out, ConfigReference reference) {
        out.println(reference.section() + ":");
        for (ConfigReference.Key key : reference.keys()) {
            String standard =
                    key.required() ? "required" : "default " + (key.standard().isEmpty() ? "empty" : key.standard());
            out.printf("  %-22s %s, %s, %s%n", key.name(), key.type(), standard, key.variable());
            out.println("      " + key.doc());
        }
        out.println();
    }
}
