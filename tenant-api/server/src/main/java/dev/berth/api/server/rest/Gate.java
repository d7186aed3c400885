package dev.berth.api.server.rest;

import dev.berth.api.server.access.Attempts;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.access.Secret;
import dev.berth.api.server.usecase.Tokens;
import dev.berth.api.server.usecase.Users;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who a request comes from, by bearer token or cookie; remembered for a moment, so that a burst asks the database once. */
public final class Gate {
    static final String COOKIE = "berth_session";
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final int MAX_REMEMBERED = 10_000;
    private static final long REMEMBERED_MILLIS = 2_000;

    private record Known(Principal principal, long untilMillis) {}

    private final Users users;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Attempts requests;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    public Gate(Users users, Tokens tokens, InstantSource clock, int requestsPerSecond) {
        this.users = users;
        this.tokens = tokens;
        this.clock = clock;
        this.requests = new Attempts(clock, "requests", requestsPerSecond, 1_000);
    }

    /** Fails with a refusal when nobody known asks, or a page's write comes without its CSRF token. */
    Future<Principal> admit(HttpServerRequest request) {
        String bearer = bearer(request.getHeader("Authorization"));
        if (bearer != null) {
            return admitToken(bearer);
        }
        String session = cookie(request);
        if (session == null) {
            throw new Refused(new Refusal.Unauthenticated("Expected a bearer token or a session.", "Sign in first."));
        }
        if (!SAFE.contains(request.method().name())) {
            String shown = request.getHeader(CSRF_HEADER);
            if (shown == null || !Secret.same(Secret.csrfOf(session), shown)) {
                throw new Refused(new Refusal.Forbidden(
                        "Expected the header " + CSRF_HEADER + " of this session.",
                        "Read it from GET /api/v1/auth/me."));
            }
        }
        return admitToken(session);
    }

    /** Fails with a refusal when the token is nobody's, or asks too often. */
    public Future<Principal> admitToken(String token) {
        String key = Secret.sha256(token).toString(java.nio.charset.StandardCharsets.ISO_8859_1);
        long now = clock.millis();
        Known found = known.get(key);
        Future<Principal> principal;
        if (found != null
                && now < found.untilMillis()
                && clock.instant().isBefore(found.principal().expiresAt())) {
            principal = Future.succeededFuture(found.principal());
        } else {
            principal = users.authenticate(token).onSuccess(who -> {
                known.put(key, new Known(who, now + REMEMBERED_MILLIS));
                if (!who.session() && found == null) {
                    tokens.used(who);
                }
            });
        }
        return principal.map(who -> {
            requests.count(who.user().toString());
            return who;
        });
    }

    /** What was remembered of the session is wrong from now on. */
    void forget() {
        known.clear();
    }

    /** The session's token where a page or client showed one. */
    static @Nullable String shownSession(HttpServerRequest request) {
        String bearer = bearer(request.getHeader("Authorization"));
        String shown = bearer == null ? cookie(request) : bearer;
        return shown != null && shown.startsWith(Secret.SESSION) ? shown : null;
    }

    private static @Nullable String cookie(HttpServerRequest request) {
        Cookie cookie = request.getCookie(COOKIE);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /** The token of the header Authorization, or null. */
    public static @Nullable String bearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }
}
