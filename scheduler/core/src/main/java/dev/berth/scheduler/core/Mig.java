package dev.berth.scheduler.core;

/** How a node offers the parts into which its GPUs are cut (multi-instance GPUs). */
public enum Mig {
    /** Not cut. */
    NONE,
    /** Every GPU is cut alike, and each part is offered as one whole GPU. */
    SINGLE,
    /** Parts are extended resources, named by profile; whole GPUs are not offered. */
    MIXED;

    private static final String PREFIX = "nvidia.com/mig-";

    /** Whether the extended resource is a part of a cut GPU, such as {@code nvidia.com/mig-1g.10gb}. */
    public static boolean isProfile(String resource) {
        return resource.startsWith(PREFIX);
    }

    /** How many compute slices the profile has; a queue is charged a GPU for each. 0 when it is no profile. */
    public static int slices(String resource) {
        int slices = 0;
        for (int at = PREFIX.length(); isProfile(resource) && at < resource.length(); at++) {
            char letter = resource.charAt(at);
            if (letter < '0' || letter > '9' || slices > 99) {
                return letter == 'g' ? slices : 0;
            }
            slices = slices * 10 + letter - '0';
        }
        return 0;
    }
}
