package dev.berth.agent;

/** Names that the agent gives to things in its cluster. */
final class AgentNames {
    static final String NAMESPACE = "berth";
    static final String OBJECT = "berth-agent";
    /** Which desired log {@code berth.dev/dseq} counts in: numbers of two stores cannot be compared. */
    static final String STORE = "berth.dev/store";
    /** The control plane's id of the object. */
    static final String UID = "berth.dev/uid";

    private AgentNames() {}
}
