package dev.berth.api.server.rest;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The pages: files of the console from the jar, the contract, and headers that keep strangers out of both. Files with a
 * fingerprint in their name never change; everything else is asked for again, and what is no file is a page of the console.
 */
final class Console {
    private static final String ROOT = "META-INF/resources/console";
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    static final long YEAR_SECONDS = 31_536_000;
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
                    + " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=()");

    private final RouteTable routes;
    private final boolean secure;

    Console(RouteTable routes, boolean secure) {
        this.routes = routes;
        this.secure = secure;
    }

    /** In front of the router, which takes a path that cannot be decoded for a fault of its own. */
    static Handler<HttpServerRequest> guarded(Router router) {
        return request -> {
            String path = request.path();
            if (path != null
                    && path.startsWith("/")
                    && !BROKEN_ESCAPE.matcher(path).find()) {
                router.handle(request);
            } else {
                SECURITY.forEach(request.response()::putHeader);
                RestApi.send(request, Problem.plain(400, "malformed", "Expected a path with whole %-escapes.", "none"));
            }
        };
    }

    /** The whole surface: contract, API, console. */
    Router router(Vertx vertx, RestApi api) {
        Router router = Router.router(vertx);
        router.route().handler(this::secure);
        router.get("/api/openapi.yaml").handler(ask -> contract(ask, "application/yaml", routes.yaml()));
        router.get("/api/openapi.json")
                .handler(ask -> contract(ask, "application/json", routes.json().toString()));
        router.route("/api/*").handler(ask -> api.handle(ask.request()));
        router.route("/api").handler(ask -> api.handle(ask.request()));
        router.route().handler(Console::readOnly);
        router.route("/assets/*").handler(new Assets(ROOT));
        router.route("/assets/*").handler(ask -> plain(ask.response().setStatusCode(404), "There is no such file."));
        router.getWithRegex("/[^/]+\\.[a-z0-9]{2,11}")
                .handler(ask -> {
                    ask.response().putHeader("Cache-Control", "no-cache");
                    ask.next();
                })
                .handler(StaticHandler.create(ROOT)
                        .setCachingEnabled(false)
                        .setIncludeHidden(false)
                        .setIndexPage("none"));
        router.route().handler(Console::page);
        router.route().failureHandler(Console::failed);
        return router;
    }

    private void secure(RoutingContext ask) {
        SECURITY.forEach(ask.response()::putHeader);
        if (secure) {
            ask.response().putHeader("Strict-Transport-Security", "max-age=" + YEAR_SECONDS);
        }
        ask.next();
    }

    private static void contract(RoutingContext ask, String type, String text) {
        ask.response()
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-cache")
                .end(text);
    }

    private static void readOnly(RoutingContext ask) {
        HttpMethod method = ask.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            ask.next();
        } else {
            plain(
                    ask.response().setStatusCode(405).putHeader("Allow", "GET, HEAD"),
                    "Only GET and HEAD are served here.");
        }
    }

    private static void page(RoutingContext ask) {
        HttpServerResponse response = ask.response().putHeader("Cache-Control", "no-cache");
        ask.vertx().fileSystem().readFile(ROOT + "/index.html").onComplete(read -> {
            if (read.succeeded()) {
                response.putHeader("Content-Type", "text/html; charset=utf-8").end(read.result());
            } else {
                plain(
                        response.setStatusCode(404),
                        "This build has no console. The API is at /api/v1, its contract at /api/openapi.yaml.");
            }
        });
    }

    /** Whatever breaks outside the API, such as a path that is no path, is told in one line. */
    private static void failed(RoutingContext ask) {
        HttpServerRequest request = ask.request();
        if (!request.response().ended()) {
            int status = ask.statusCode() >= 400 && ask.statusCode() < 500 ? ask.statusCode() : 500;
            plain(
                    ask.response().setStatusCode(status),
                    status == 500 ? "Something went wrong on our side." : "That is no request.");
        }
    }

    private static void plain(HttpServerResponse response, String text) {
        response.putHeader("Content-Type", "text/plain; charset=utf-8").end(text + "\n");
    }
}
