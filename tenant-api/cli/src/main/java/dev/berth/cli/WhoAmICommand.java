package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.show.Clean;
import dev.berth.cli.show.YamlText;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.JsonText;
import dev.berth.cli.wire.Query;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells who is signed in where. */
@Command(
        name = "whoami",
        description = "Tells who you are to which server.",
        footer = {"", "Example:", "  berth whoami"})
final class WhoAmICommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::tell);
    }

    private ExitCode tell(Session session) {
        Api api = session.api();
        JsonNode me = api.get("/auth/me", Query.NONE);
        if (me instanceof ObjectNode object) {
            // What guards the browser's writes is nobody's business in a terminal's scroll-back.
            object.remove("csrfToken");
        }
        String email = me.at("/user/email").asText();
        session.screen()
                .say(
                        switch (output.format()) {
                            case JSON -> JsonText.indented(me);
                            case YAML -> YamlText.of(me).stripTrailing();
                            case NAME -> Clean.line(email);
                            case TABLE, WIDE ->
                                Clean.line(email + " (" + me.at("/user/role").asText() + "), tenant "
                                        + me.at("/tenant/name").asText() + ", at "
                                        + api.server().url());
                        });
        return ExitCode.OK;
    }
}
