package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Secret;
import dev.berth.api.server.usecase.Tokens;
import dev.berth.api.server.usecase.Users;
import dev.berth.api.server.wire.Fields;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Refusal.FieldError;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Signing in and out, one's own password and tokens. */
final class AuthRoutes implements Handlers {
    private static final int MAX_SECRET = 256;
    private static final int MAX_DAYS = 366;
    private static final int STANDARD_DAYS = 90;
    private static final int MIN_PASSWORD = 12;

    private final Users users;
    private final Tokens tokens;
    private final Gate gate;
    private final boolean secure;
    private final Duration sessionLife;

    AuthRoutes(Users users, Tokens tokens, Gate gate, boolean secure, Duration sessionLife) {
        this.users = users;
        this.tokens = tokens;
        this.gate = gate;
        this.secure = secure;
        this.sessionLife = sessionLife;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "signIn", this::signIn,
                "useOneTimeLink", this::useOneTimeLink,
                "signOut", this::signOut,
                "whoAmI", this::whoAmI,
                "changePassword", this::changePassword,
                "listTokens",
                        ask -> tokens.list(ask.who(), ask.value("cursor"), ask.limit())
                                .map(Reply::page),
                "createToken", this::createToken,
                "deleteToken",
                        ask -> tokens.delete(ask.who(), ask.variable("id")).map(v -> {
                            gate.forget();
                            return Reply.nothing();
                        }));
    }

    private record Credentials(String first, String second) {}

    private Future<Reply> signIn(Ask ask) {
        Credentials given = read(
                ask,
                fields -> new Credentials(
                        fields.requiredText("email", 3, 254), fields.requiredText("password", 1, MAX_SECRET)));
        return users.signIn(given.first().strip().toLowerCase(Locale.ROOT), given.second(), address(ask.request()))
                .map(signedIn -> opened(ask, signedIn));
    }

    private Future<Reply> useOneTimeLink(Ask ask) {
        String token = read(ask, fields -> fields.requiredText("token", 1, MAX_SECRET));
        return users.oneTime(token, address(ask.request())).map(signedIn -> opened(ask, signedIn));
    }

    private Future<Reply> signOut(Ask ask) {
        return users.signOut(ask.who()).map(v -> {
            gate.forget();
            ask.request().response().addCookie(cookie("", 0));
            return Reply.nothing();
        });
    }

    private Future<Reply> whoAmI(Ask ask) {
        String session = Gate.shownSession(ask.request());
        return Future.succeededFuture(
                Reply.ok(Users.view(ask.who()).put("csrfToken", session == null ? "" : Secret.csrfOf(session))));
    }

    private Future<Reply> changePassword(Ask ask) {
        Credentials given = read(
                ask,
                fields -> new Credentials(
                        fields.text("currentPassword", MAX_SECRET, ""),
                        fields.requiredText("newPassword", MIN_PASSWORD, MAX_SECRET)));
        return users.changePassword(ask.who(), given.first(), given.second()).map(v -> {
            gate.forget();
            return Reply.nothing();
        });
    }

    private Future<Reply> createToken(Ask ask) {
        record Wish(String name, int days) {}
        Wish wish = read(
                ask,
                fields -> new Wish(fields.requiredText("name", 1, 100), (int)
                        fields.whole("expiresInDays", 1, MAX_DAYS, STANDARD_DAYS)));
        return tokens.create(ask.who(), wish.name(), wish.days()).map(token -> Reply.of(201, token));
    }

    private Reply opened(Ask ask, Users.SignedIn signedIn) {
        ask.request().response().addCookie(cookie(signedIn.token(), sessionLife.toSeconds()));
        ObjectNode answer = Users.view(signedIn.principal());
        answer.put("token", signedIn.token());
        answer.put("expiresAt", Json.time(signedIn.principal().expiresAt().atOffset(ZoneOffset.UTC)));
        answer.put("csrfToken", Secret.csrfOf(signedIn.token()));
        return Reply.ok(answer);
    }

    private Cookie cookie(String value, long maxAgeSeconds) {
        return Cookie.cookie(Gate.COOKIE, value)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(secure)
                .setPath("/")
                .setMaxAge(maxAgeSeconds);
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress() == null
                ? "unknown"
                : String.valueOf(request.remoteAddress().hostAddress());
    }

    private static <T> T read(Ask ask, Function<Fields, T> reader) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(ask.json(), errors);
        T value = reader.apply(fields);
        fields.done();
        if (!errors.isEmpty()) {
            throw new Refused(Fields.refusal("The body", errors));
        }
        return value;
    }
}
