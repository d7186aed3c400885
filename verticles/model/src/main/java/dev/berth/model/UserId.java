package dev.berth.model;

/** Names a user. A person or machine that signs in. */
public record UserId(String value) implements Comparable<UserId> {
    public UserId {
        Identifiers.check("user id", value);
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
