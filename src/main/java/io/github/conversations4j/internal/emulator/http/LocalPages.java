package io.github.conversations4j.internal.emulator.http;

import io.github.conversations4j.internal.wire.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a part of the emulator that browsers may use, and lets in only pages that were loaded from this machine:
 * no page of the world shall talk to an emulator on a developer's laptop. Programs that are no browsers send no origin
 * and pass. Immutable.
 */
public final class LocalPages implements Route {
    private static final String CACHED_SECONDS = "600";

    private final Predicate<String> paths;
    private final boolean anyHost;
    private final Route inner;

    /**
     * Guards a part.
     *
     * @param paths which paths belong to it
     * @param anyHost whether it may be called by another name than that of this machine; if not, a foreign name that was
     *     made to lead here gives nothing
     * @param inner the part
     */
    public LocalPages(Predicate<String> paths, boolean anyHost, Route inner) {
        this.paths = paths;
        this.anyHost = anyHost;
        this.inner = inner;
    }

    @Override
    public @Nullable Answer answer(Incoming request) {
        if (!paths.test(request.path())) {
            return null;
        }
        String host = request.header("Host");
        if (!anyHost && host != null && !isLocal("http://" + host)) {
            return Answer.text(403, "Only called by a name of this machine, such as localhost");
        }
        String origin = request.header("Origin");
        if (origin == null) {
            return inner.answer(request);
        }
        if (!isLocal(origin)) {
            return Answer.text(403, "Only pages from this machine may come");
        }
        Answer answer = request.method().equals("OPTIONS") ? preflight(request) : inner.answer(request);
        return answer == null
                ? null
                : answer.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin");
    }

    private static Answer preflight(Incoming request) {
        String headers = request.header("Access-Control-Request-Headers");
        Answer answer = Answer.of(204)
                .with("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
                .with("Access-Control-Max-Age", CACHED_SECONDS);
        return headers == null ? answer : answer.with("Access-Control-Allow-Headers", headers);
    }

    /**
     * Says whether a page was loaded from this machine.
     *
     * @param origin what the browser says about it
     * @return whether its host is this machine, at any port
     */
    public static boolean isLocal(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host != null && Loopback.isHost(host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
