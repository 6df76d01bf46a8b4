package io.github.conversations4j.internal.rest;

import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Which of Twilio's rates a write counts for. Immutable.
 *
 * <p>Twilio documents: for a service, making and removing conversations, and everything about users and roles; for a
 * conversation, its changes and everything about its participants and messages. Not documented, and put where it seems to
 * belong: scoped webhooks count for their conversation, what a user keeps about a conversation (read horizon, mute) for
 * that conversation too.
 *
 * @param perService whether it counts for the service; otherwise for a conversation
 * @param name the service, or service and conversation, as the path has them
 */
record WriteKey(boolean perService, String name) {
    private static final String SERVICES = "Services";
    private static final String CONVERSATIONS = "Conversations";
    private static final Set<String> OF_SERVICE = Set.of("ConversationWithParticipants", "Users", "Roles");

    /** The key of a request; null if it is a read, or a write whose rate is not documented. */
    static @Nullable WriteKey of(String method, HttpUrl url) {
        List<String> path = url.pathSegments();
        if (method.equals("GET")
                || method.equals("HEAD")
                || path.size() < 2
                || !path.get(0).equals("v1")) {
            return null;
        }
        boolean inService = path.get(1).equals(SERVICES) && path.size() > 3;
        String service = inService ? path.get(2) : "";
        return of(method.equals("DELETE"), service, path.subList(inService ? 3 : 1, path.size()));
    }

    private static @Nullable WriteKey of(boolean removal, String service, List<String> resource) {
        String kind = resource.get(0);
        if (kind.equals(CONVERSATIONS)) {
            boolean wholeOne = resource.size() == 2 && removal;
            return resource.size() == 1 || wholeOne
                    ? new WriteKey(true, service)
                    : new WriteKey(false, service + '/' + resource.get(1));
        }
        if (kind.equals("Users") && resource.size() == 4 && resource.get(2).equals(CONVERSATIONS)) {
            return new WriteKey(false, service + '/' + resource.get(3));
        }
        return OF_SERVICE.contains(kind) ? new WriteKey(true, service) : null;
    }
}
