package dev.berth.model;

/** The stable word for why a workload is not running. The sentence with the numbers stands in {@link Explanation}. */
public enum Reason {
    NONE("", Stage.NONE),
    PROJECT_MISSING("ProjectMissing", Stage.GATE),
    OVER_LIMIT("OverLimit", Stage.LIMIT),
    OVER_QUOTA("OverQuota", Stage.QUOTA),
    BEHIND_FAIR_SHARE("BehindFairShare", Stage.FAIR_SHARE),
    NO_FIT("NoFit", Stage.PLACEMENT),
    GANG_INCOMPLETE("GangIncomplete", Stage.PLACEMENT),
    NEVER_FITS("NeverFits", Stage.PLACEMENT),
    CLUSTER_OFFLINE("ClusterOffline", Stage.GATE),
    STOPPED_BY_USER("StoppedByUser", Stage.NONE),
    APPLY_FAILED("ApplyFailed", Stage.GATE),
    POD_FAILED("PodFailed", Stage.NONE);

    /** The stage of a scheduling decision that says no, in the order in which they are asked. */
    public enum Stage {
        NONE,
        GATE,
        LIMIT,
        QUOTA,
        FAIR_SHARE,
        PLACEMENT
    }

    private final String word;
    private final Stage stage;

    Reason(String word, Stage stage) {
        this.word = word;
        this.stage = stage;
    }

    public String word() {
        return word;
    }

    public Stage stage() {
        return stage;
    }
}
