package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.outcome.Nearest;
import dev.berth.cli.show.Palette;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code berth}: the command of researchers, administrators and scripts. {@link #run} is the way in from a process. */
@Command(
        name = BerthCommand.NAME,
        description = "Submits workloads to GPU clusters, and tells what becomes of them and why.",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%n",
        footer = {
            "From the jar it is java -jar berth.jar cli; alias berth='java -jar berth.jar cli' makes it berth.",
            "",
            "Environment:",
            "  BERTH_URL, BERTH_TOKEN        server and token, instead of berth login",
            "  BERTH_PROJECT, BERTH_CLUSTER  where a command names none",
            "  BERTH_CA_FILE                 certificates that vouch for the server",
            "  BERTH_CONFIG                  instead of ~/.config/berth/config.json",
            "  HTTPS_PROXY, NO_PROXY         proxy; NO_COLOR, FORCE_COLOR: colours",
            "",
            "Examples:",
            "  berth login http://localhost:8080",
            "  berth submit hello --image ubuntu --gpu 1 -- sleep 300",
            "  berth get workloads --watch",
            "  berth explain hello"
        })
public final class BerthCommand implements Callable<Integer> {
    static final String NAME = "berth";

    /** In the order of the help. */
    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("login", LoginCommand::new);
        COMMANDS.put("logout", LogoutCommand::new);
        COMMANDS.put("whoami", WhoAmICommand::new);
        COMMANDS.put("context", ContextCommand::new);
        COMMANDS.put("get", GetCommand::new);
        COMMANDS.put("submit", SubmitCommand::new);
        COMMANDS.put("explain", ExplainCommand::new);
        COMMANDS.put("wait", WaitCommand::new);
        COMMANDS.put("logs", LogsCommand::new);
        COMMANDS.put("exec", ExecCommand::new);
        COMMANDS.put("attach", AttachCommand::new);
        COMMANDS.put("port-forward", PortForwardCommand::new);
        COMMANDS.put("stop", StopCommand::new);
        COMMANDS.put("delete", DeleteCommand::new);
        COMMANDS.put("completion", CompletionCommand::new);
        COMMANDS.put("version", VersionCommand::new);
    }

    private final Terminal terminal;

    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help; berth COMMAND --help shows that of a command.")
    private boolean unusedHelp;

    @CommandLine.Option(
            names = {"-V", "--version"},
            description = "Print the version.")
    private boolean version;

    /** Of this process. */
    public BerthCommand() {
        this(Terminal.ofProcess());
    }

    BerthCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command in this process, and tells the exit code. */
    public static int run(String... arguments) {
        return run(Terminal.ofProcess(), arguments);
    }

    /** Runs one command in a process that the caller describes. */
    public static int run(Terminal terminal, String... arguments) {
        // Reading the options of every command takes longer than running one of them.
        boolean known = arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
        int code = commandLine(terminal, known ? Set.of(arguments[0]) : COMMANDS.keySet())
                .execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    static CommandLine commandLine(Terminal terminal) {
        return commandLine(terminal, COMMANDS.keySet());
    }

    private static CommandLine commandLine(Terminal terminal, Set<String> names) {
        var line = new CommandLine(new BerthCommand(terminal));
        COMMANDS.forEach((name, made) -> {
            if (names.contains(name)) {
                line.addSubcommand(name, new CommandLine(made.get()));
            }
        });
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        // An argument such as @file belongs to the workload's command.
        line.setExpandAtFiles(false);
        line.setUsageHelpWidth(100);
        line.setUsageHelpLongOptionsMaxWidth(30);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                Common.coloured(terminal) ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        line.setParameterExceptionHandler((wrong, arguments) -> refuse(terminal, wrong));
        return line;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(" " + code.number(), code.meaning());
        }
        codes.put(" 130", "interrupted");
        return codes;
    }

    private static int refuse(Terminal terminal, ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String hint = "See: " + name + " --help";
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String question = Nearest.question(unmatched.getUnmatched().get(0), words(command));
            hint = (question + " " + hint).strip();
        }
        Failure failure = Failure.usage(said(wrong)).hint(hint);
        new Screen(terminal.out(), terminal.err(), new Palette(Common.coloured(terminal))).fail(failure);
        return ExitCode.USAGE.number();
    }

    private static String said(ParameterException wrong) {
        String message = String.valueOf(wrong.getMessage());
        return message.replaceFirst("; Possible solutions:.*", "");
    }

    private static List<String> words(CommandLine command) {
        List<String> words = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec()
                .options()
                .forEach(option -> words.addAll(Stream.of(option.names()).toList()));
        return words;
    }

    Terminal terminal() {
        return terminal;
    }

    @Override
    public Integer call() {
        CommandSpec here = spec;
        if (here == null) {
            return ExitCode.FAILED.number();
        }
        if (version) {
            return run(terminal, "version");
        }
        here.commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }
}
