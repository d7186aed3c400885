package dev.berth.api.server.rest;

import dev.berth.api.server.usecase.Departments;
import dev.berth.api.server.usecase.Projects;
import dev.berth.api.server.wire.OrganisationForm;
import java.util.HashMap;
import java.util.Map;

/** Departments and projects. */
final class OrganisationRoutes implements Handlers {
    private static final String KEY = "idOrName";

    private final Departments departments;
    private final Projects projects;
    private final Streams streams;

    OrganisationRoutes(Departments departments, Projects projects, Streams streams) {
        this.departments = departments;
        this.projects = projects;
        this.streams = streams;
    }

    @Override
    public Map<String, Handler> handlers() {
        Map<String, Handler> handlers = new HashMap<>();
        handlers.put("listDepartments", ask -> departments
                .list(ask.who(), ask.value("cursor"), ask.limit())
                .map(Reply::page));
        handlers.put("createDepartment", ask -> departments
                .create(ask.who(), OrganisationForm.department(ask.json()))
                .map(object -> Reply.created(object, "/api/v1/departments")));
        handlers.put(
                "getDepartment",
                ask -> departments.get(ask.who(), ask.variable(KEY)).map(object -> Reply.object(200, object)));
        handlers.put("replaceDepartment", ask -> departments
                .replace(ask.who(), ask.variable(KEY), ask.ifMatch(), OrganisationForm.department(ask.json()))
                .map(object -> Reply.object(200, object)));
        handlers.put("deleteDepartment", ask -> departments
                .delete(ask.who(), ask.variable(KEY), ask.ifMatch())
                .map(v -> Reply.nothing()));
        handlers.put(
                "listProjects",
                ask -> ask.flag("watch")
                        ? streams.projects(ask)
                        : projects.list(ask.who(), ask.words("department"), ask.value("cursor"), ask.limit())
                                .map(Reply::page));
        handlers.put("createProject", ask -> projects.create(ask.who(), OrganisationForm.project(ask.json()))
                .map(object -> Reply.created(object, "/api/v1/projects")));
        handlers.put("getProject", ask -> projects.get(ask.who(), ask.variable(KEY))
                .map(object -> Reply.object(200, object)));
        handlers.put("replaceProject", ask -> projects.replace(
                        ask.who(), ask.variable(KEY), ask.ifMatch(), OrganisationForm.project(ask.json()))
                .map(object -> Reply.object(200, object)));
        handlers.put("deleteProject", ask -> projects.delete(ask.who(), ask.variable(KEY), ask.ifMatch())
                .map(v -> Reply.nothing()));
        return handlers;
    }
}
