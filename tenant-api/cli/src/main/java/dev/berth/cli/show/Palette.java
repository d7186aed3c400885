package dev.berth.cli.show;

import dev.berth.model.Phase;
import java.util.Map;

/** Colours, or none. A colour never says what no word says. */
public record Palette(boolean coloured) {
    public enum Ink {
        PLAIN("0"),
        BOLD("1"),
        FAINT("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        BLUE("34"),
        VIOLET("35");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    private static final Map<String, Ink> OF_PHASE = Map.of(
            Phase.QUEUED.word(), Ink.VIOLET,
            Phase.STARTING.word(), Ink.BLUE,
            Phase.RUNNING.word(), Ink.GREEN,
            Phase.SUSPENDED.word(), Ink.FAINT,
            Phase.PREEMPTED.word(), Ink.YELLOW,
            Phase.STOPPING.word(), Ink.FAINT,
            Phase.SUCCEEDED.word(), Ink.GREEN,
            Phase.FAILED.word(), Ink.RED,
            Phase.UNKNOWN.word(), Ink.FAINT);

    public String paint(Ink ink, String text) {
        return coloured && ink != Ink.PLAIN && !text.isEmpty() ? "\u001b[" + ink.code + "m" + text + "\u001b[0m" : text;
    }

    static Ink ofPhase(String phase) {
        return OF_PHASE.getOrDefault(phase, Ink.PLAIN);
    }
}
