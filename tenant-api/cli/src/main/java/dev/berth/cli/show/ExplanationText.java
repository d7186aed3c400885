package dev.berth.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.show.Palette.Ink;
import dev.berth.model.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Why a workload waits, as lines: the blocking stage, the numbers, and the smallest changes that would start it. */
public final class ExplanationText {
    private static final Set<String> ENDED =
            Set.of(Phase.SUCCEEDED.word(), Phase.FAILED.word(), Phase.STOPPING.word(), Phase.SUSPENDED.word());

    private final JsonNode workload;
    private final JsonNode answer;
    private final Palette palette;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    /** The workload as the API shows it, and the answer of its explanation. */
    public ExplanationText(JsonNode workload, JsonNode answer, Palette palette, Instant now) {
        this.workload = workload;
        this.answer = answer;
        this.palette = palette;
        this.now = now;
    }

    public List<String> lines() {
        JsonNode explanation = answer.path("explanation");
        head(explanation);
        if (explanation.isObject() && !running()) {
            why(explanation);
            checks(explanation.path("checks"));
            changes(explanation.path("changes"));
        } else {
            nothingToExplain();
        }
        age();
        return lines;
    }

    private void head(JsonNode explanation) {
        String phase = answer.path("phase").asText();
        String since =
                Ages.since(textAt(workload, "/status/startedAt", "/status/queuedAt", "/metadata/createdAt"), now);
        JsonNode spec = workload.path("spec");
        var head = new StringBuilder(
                palette.paint(Ink.BOLD, Clean.line(workload.at("/metadata/name").asText())));
        head.append("  ").append(palette.paint(Palette.ofPhase(phase), Clean.line(phase)));
        head.append(since.isEmpty() || ENDED.contains(phase) ? "" : " " + since);
        part(head, "project", spec.path("project"));
        part(head, "cluster", spec.path("cluster"));
        part(head, "pool", spec.path("nodePool"));
        long workers = spec.path("workers").asLong(1);
        head.append("   ").append(Amounts.gpus(spec)).append(" GPU");
        head.append(workers > 1 ? " for " + workers + " workers" : "");
        long position = explanation.path("position").asLong();
        if (position > 0) {
            head.append("   place ").append(position).append(" of ");
            head.append(Math.max(position, explanation.path("waiting").asLong()))
                    .append(" waiting");
        }
        lines.add(head.toString());
    }

    private static void part(StringBuilder head, String word, JsonNode value) {
        if (!value.asText("").isEmpty()) {
            head.append("   ").append(word).append(' ').append(Clean.cell(value.asText()));
        }
    }

    private void why(JsonNode explanation) {
        String reason = Clean.cell(explanation.path("reason").asText());
        String sentence = Clean.line(explanation.path("sentence").asText());
        lines.add("Why: " + (reason.isEmpty() ? "" : reason + ". ") + sentence);
    }

    private void checks(JsonNode checks) {
        int width = 0;
        for (JsonNode check : checks) {
            width = Math.max(width, stage(check).length());
        }
        for (JsonNode check : checks) {
            boolean passed = check.path("passed").asBoolean();
            String mark = passed ? palette.paint(Ink.GREEN, "✓") : palette.paint(Ink.RED, "✗");
            lines.add("  " + mark + " " + padded(stage(check), width) + "  "
                    + Clean.line(check.path("detail").asText()));
        }
    }

    private static String stage(JsonNode check) {
        return Clean.cell(Wording.spaced(check.path("stage").asText()));
    }

    private void changes(JsonNode changes) {
        if (changes.isEmpty()) {
            lines.add("No small change was found that would start it now.");
            return;
        }
        lines.add(palette.paint(Ink.BOLD, "CHANGES THAT WOULD START IT NOW"));
        int width = 0;
        for (JsonNode change : changes) {
            width = Math.max(width, Wording.change(change).length());
        }
        int number = 1;
        for (JsonNode change : changes) {
            lines.add("  " + number++ + "  " + padded(Wording.change(change), width) + "  "
                    + Clean.line(change.path("sentence").asText()));
        }
    }

    private boolean running() {
        String phase = answer.path("phase").asText();
        return phase.equals(Phase.RUNNING.word()) || ENDED.contains(phase);
    }

    private void nothingToExplain() {
        String phase = answer.path("phase").asText();
        String message = Clean.line(workload.at("/status/message").asText());
        if (running()) {
            lines.add(
                    phase.equals(Phase.RUNNING.word())
                            ? "It runs, and waits for nothing."
                            : "It waits for nothing." + (message.isEmpty() ? "" : " " + message));
        } else if (!answer.path("clusterState").asText("Connected").equals("Connected")) {
            lines.add("Cluster " + Clean.cell(workload.at("/spec/cluster").asText())
                    + " is not connected; it gets the workload when it is.");
        } else {
            lines.add(message.isEmpty() ? "The scheduler has not looked at it yet. Ask again in a moment." : message);
        }
    }

    private void age() {
        String age = Ages.since(textAt(answer, "/observedAt"), now);
        if (!age.isEmpty()) {
            lines.add(palette.paint(Ink.FAINT, "As of " + age + " ago."));
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String textAt(JsonNode object, String... pointers) {
        for (String pointer : pointers) {
            if (object.at(pointer).isTextual()) {
                return object.at(pointer).textValue();
            }
        }
        return "";
    }
}
