package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Query;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists objects, shows one, or follows either as it changes. */
@Command(
        name = "get",
        description = "Lists objects, shows one, or with --watch follows them.",
        footer = {
            "",
            "Examples:",
            "  berth get workloads                              the workloads of your project",
            "  berth get workloads -A --status Queued -o wide   all that wait, with every column",
            "  berth get workload train-7 -o yaml               one object, as the API has it",
            "  berth get workloads --watch                      rows as they change, until Ctrl-C",
            "  berth get nodes --cluster borealis --pool a100",
            "  berth get projects -o json"
        })
final class GetCommand implements Callable<Integer> {
    private static final int STANDARD_LIMIT = 500;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            completionCandidates = Plurals.class,
            description = "workloads, projects, departments, clusters, nodes or node-pools; also KIND/NAME.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "One object, by name or id.")
    private String name = "";

    @Mixin
    private Filters filters = new Filters();

    @Option(names = "--limit", paramLabel = "N", description = "Objects at most; standard " + STANDARD_LIMIT + ".")
    private int limit = STANDARD_LIMIT;

    @Option(names = "--all", description = "The whole list, however many pages it has.")
    private boolean all;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on behind an earlier page.")
    private String cursor = "";

    @Option(
            names = {"-w", "--watch"},
            description = "Show what is there, then what changes; survives lost connections.")
    private boolean watch;

    @Mixin
    private Output output = new Output();

    @Mixin
    private Common common = new Common();

    static final class Plurals extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Plurals() {
            super(Stream.of(Kind.values()).map(Kind::plural).toList());
        }
    }

    @Override
    public Integer call() {
        return common.run(this::get);
    }

    private ExitCode get(Session session) {
        boolean slashed = name.isEmpty() && kind.indexOf('/') >= 0;
        Target target = slashed ? Target.of(kind, Kind.WORKLOAD) : new Target(Kind.of(kind), name);
        Query query = filters.query(session, target.kind());
        if (watch) {
            return watch(session, target, query);
        }
        if (target.name().isEmpty()) {
            list(session, target.kind(), query);
        } else {
            Finder finder = new Finder(session.api());
            output.object(session, target.kind(), finder.one(target, query));
        }
        return ExitCode.OK;
    }

    private void list(Session session, Kind of, Query query) {
        if (limit < 1) {
            throw Failure.usage("Expected a --limit of at least 1, but got " + limit + ".");
        }
        int most = all ? Finder.MAX_ALL : Math.min(limit, Finder.MAX_ALL);
        ObjectNode list = new Finder(session.api()).list(of, query, new Finder.Span(most, cursor));
        output.list(session, of, list);
        session.terminal().out().flush();
        boolean silent = output.format() == Format.JSON || output.format() == Format.YAML;
        if (list.path("next").isTextual() && !silent) {
            session.screen()
                    .note("Shown are " + list.path("items").size() + "; there are more. Take --all, or --cursor "
                            + dev.berth.cli.show.Clean.line(list.path("next").textValue()));
        }
    }

    private ExitCode watch(Session session, Target target, Query query) {
        Kind of = target.kind();
        if (!of.watched()) {
            List<String> can = Stream.of(Kind.values())
                    .filter(Kind::watched)
                    .map(Kind::plural)
                    .toList();
            throw Failure.usage(of.plural() + " cannot be watched.")
                    .hint("Those that can: " + String.join(", ", can) + ".");
        }
        Api api = session.api();
        var rows = new WatchedRows(session, of, output, Filters.rest(query));
        if (!target.name().isEmpty()) {
            rows.only(new Finder(api).one(target, query).at("/metadata/id").asText());
        }
        new Watch(session, api, of, query, rows).run();
        return ExitCode.OK;
    }
}
