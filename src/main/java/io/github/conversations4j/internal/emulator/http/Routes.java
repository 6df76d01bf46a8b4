package io.github.conversations4j.internal.emulator.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts of what the emulator offers, asked in order: the first that answers wins. What was added last is asked
 * first, so a later part can stand before an earlier one. No request, however broken, ends anything. Thread-safe.
 */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final List<Route> routes = new CopyOnWriteArrayList<>();

    /** Makes routes that lead nowhere. */
    public Routes() {}

    /**
     * Adds a part before those that are there.
     *
     * @param route the part
     * @return this
     */
    public Routes add(Route route) {
        routes.add(0, route);
        return this;
    }

    /**
     * Answers a request.
     *
     * @param request the request
     * @return the answer; 404 if it is for nobody, 500 if the part that it is for failed
     */
    public Answer answer(Incoming request) {
        try {
            for (Route route : routes) {
                Answer answer = route.answer(request);
                if (answer != null) {
                    return answer;
                }
            }
            return Answer.text(404, "Not found");
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("The emulator failed on {} {}", request.method(), request.path(), e);
            return Answer.text(500, "The emulator failed; its log says how");
        }
    }
}
