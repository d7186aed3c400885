package dev.berth.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings that were checked against the roles: what starts, in which order, with which configuration. */
record Checked(ProcessConfig process, List<String> order, Map<String, Bound<?>> roles) {
    /** A role with its configuration. */
    record Bound<C extends Record>(Role<C> role, C config) {
        List<Deployment> deployments(RoleContext context) {
            return role.deployments(config, context);
        }
    }

    static Checked of(Roles roles, Settings settings, List<String> instances, Map<String, String> environment) {
        RoleConfig reader = new RoleConfig(environment);
        List<String> problems = new ArrayList<>();
        for (String section : settings.instances()) {
            if (roles.of(section) == null) {
                problems.add("Section \"" + section + "\": " + roles.unknown(section));
            }
        }
        ProcessConfig process = reader.read(Settings.PROCESS, ProcessConfig.class, settings.section(Settings.PROCESS));
        Map<String, Bound<?>> bound = new LinkedHashMap<>();
        for (String instance : instances) {
            Role<?> role = roles.of(instance);
            if (role == null) {
                problems.add(roles.unknown(instance));
            } else {
                bind(reader, settings, instance, role, bound);
            }
        }
        problems.addAll(reader.problems());
        if (process == null || !problems.isEmpty()) {
            throw new StartRefused(problems.stream().distinct().toList());
        }
        return new Checked(process, roles.inStartOrder(instances), bound);
    }

    private static <C extends Record> void bind(
            RoleConfig reader, Settings settings, String instance, Role<C> role, Map<String, Bound<?>> bound) {
        C config = reader.read(instance, role.config(), settings.section(instance));
        if (config != null) {
            bound.put(instance, new Bound<>(role, config));
        }
    }

    List<Deployment> deployments(String instance, RoleContext context) {
        Bound<?> bound = roles.get(instance);
        if (bound == null) {
            throw new StartRefused(
                    List.of("Role instance \"" + instance + "\" was not configured when the process was opened."));
        }
        return bound.deployments(context);
    }
}
