package dev.berth.k8s.adapter;

/**
 * Which of an object's pods one is.
 *
 * @param role name of the role; empty where none matches
 * @param instance name of the instance; empty where the role has none
 * @param index number within the role, from 0; negative: unknown
 */
public record PodPlace(String role, String instance, int index) {
    /** Of no role that is known. */
    public static final PodPlace OTHER = new PodPlace("", "", -1);
}
