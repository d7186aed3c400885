package dev.berth.contract;

/** An address where an {@code E} is published to all who listen. */
public record Topic<E extends Record>(String address, Class<E> event) {
    public static <E extends Record> Topic<E> of(String address, Class<E> event) {
        return new Topic<>(address, event);
    }

    /** The same topic, at the address of one key, such as a cluster. */
    public Topic<E> at(Object key) {
        return new Topic<>(address + "." + key, event);
    }
}
