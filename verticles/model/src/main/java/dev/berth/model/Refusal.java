package dev.berth.model;

import java.util.List;

/**
 * An expected no: one stable code, one HTTP status and one sentence of the form <em>Expected X, but Y. Do Z.</em> A bug
 * is an exception; a refusal is a value, and {@link Refused} carries it through futures.
 */
public sealed interface Refusal {
    /** Stable, kebab-case. */
    String code();

    /** The HTTP status that says the same. */
    int status();

    /** What was expected, what came instead. */
    String detail();

    /** What to do next; may be empty. */
    default String hint() {
        return "";
    }

    record NotFound(String what, String name) implements Refusal {
        @Override
        public String code() {
            return "not-found";
        }

        @Override
        public int status() {
            return 404;
        }

        @Override
        public String detail() {
            return "There is no " + what + " \"" + name + "\" that you may see.";
        }
    }

    record Conflict(String detail, String hint) implements Refusal {
        @Override
        public String code() {
            return "conflict";
        }

        @Override
        public int status() {
            return 409;
        }
    }

    /** Field errors, all at once; {@code pointer} is a JSON pointer into the request body. */
    record Invalid(String detail, List<FieldError> errors) implements Refusal {
        public Invalid {
            errors = List.copyOf(errors);
        }

        @Override
        public String code() {
            return "invalid";
        }

        @Override
        public int status() {
            return 422;
        }
    }

    record FieldError(String pointer, String code, String detail) {}

    record Malformed(String detail) implements Refusal {
        @Override
        public String code() {
            return "malformed";
        }

        @Override
        public int status() {
            return 400;
        }
    }

    record Unauthenticated(String detail, String hint) implements Refusal {
        @Override
        public String code() {
            return "unauthenticated";
        }

        @Override
        public int status() {
            return 401;
        }
    }

    record Forbidden(String detail, String hint) implements Refusal {
        @Override
        public String code() {
            return "forbidden";
        }

        @Override
        public int status() {
            return 403;
        }
    }

    /** The object changed since it was read. */
    record Stale(String detail) implements Refusal {
        @Override
        public String code() {
            return "stale";
        }

        @Override
        public int status() {
            return 412;
        }

        @Override
        public String hint() {
            return "Read the object again, merge your change, and send it with the new ETag.";
        }
    }

    record PreconditionRequired(String detail) implements Refusal {
        @Override
        public String code() {
            return "precondition-required";
        }

        @Override
        public int status() {
            return 428;
        }

        @Override
        public String hint() {
            return "Read the object and send its ETag in If-Match.";
        }
    }

    record TooLarge(String detail) implements Refusal {
        @Override
        public String code() {
            return "too-large";
        }

        @Override
        public int status() {
            return 413;
        }
    }

    /** What was asked for is no longer kept: re-list. */
    record Gone(String detail) implements Refusal {
        @Override
        public String code() {
            return "gone";
        }

        @Override
        public int status() {
            return 410;
        }
    }

    record Busy(String detail, int retryAfterSeconds) implements Refusal {
        @Override
        public String code() {
            return "busy";
        }

        @Override
        public int status() {
            return 503;
        }
    }

    record TooManyRequests(String detail, int retryAfterSeconds) implements Refusal {
        @Override
        public String code() {
            return "too-many-requests";
        }

        @Override
        public int status() {
            return 429;
        }
    }

    record ClusterOffline(String cluster) implements Refusal {
        @Override
        public String code() {
            return "cluster-offline";
        }

        @Override
        public int status() {
            return 503;
        }

        @Override
        public String detail() {
            return "Cluster \"" + cluster + "\" is not connected.";
        }

        @Override
        public String hint() {
            return "Its agent dials again by itself; look at the cluster's page or berth get clusters.";
        }
    }
}
