package io.github.conversations4j.internal.emulator.rest;

import io.github.conversations4j.internal.emulator.state.StoredConversation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes absolute addresses of resources, in the form in which the caller asked: with the service in the path or without.
 * Immutable.
 *
 * @param base scheme and host, for example {@code https://conversations.twilio.com}
 * @param service the service in the path, empty for the short form
 */
record Links(String base, String service) {
    /** Says whether the service stands in the path, and so in some of the answers. */
    boolean named() {
        return !service.isEmpty();
    }

    /** A resource that exists in both forms. */
    String of(String path) {
        return base + "/v1" + (named() ? "/Services/" + service : "") + path;
    }

    /** A resource of the account, which has no form with a service. */
    String account(String path) {
        return base + "/v1" + path;
    }

    String conversation(StoredConversation conversation) {
        return conversation(conversation.sid());
    }

    String conversation(String sid) {
        return of("/Conversations/" + sid);
    }

    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
