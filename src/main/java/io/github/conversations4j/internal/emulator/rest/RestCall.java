package io.github.conversations4j.internal.emulator.rest;

import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.Twilio;
import java.util.Map;

/**
 * One call of the REST API, understood as far as all calls are alike. Immutable.
 *
 * @param twilio the account
 * @param service the service it is about: the one in the path, else the default service
 * @param links writes the addresses of resources in the form of the call
 * @param path the values of the placeholders of its path
 * @param parameters its form, or its query if it has no form
 * @param loud the actor, with webhooks if the call asks for them
 */
record RestCall(
        Twilio twilio, ChatService service, Links links, Map<String, String> path, Parameters parameters, Cause loud) {

    /** The value of a placeholder. */
    String in(String placeholder) {
        return String.valueOf(path.get(placeholder));
    }

    /** The SID of the conversation in the path, which may be called by its unique name there. */
    String conversationSid() {
        return service.conversations().get(in("ConversationSid")).sid();
    }

    /** The actor for calls that Twilio never sends webhooks for. */
    Cause silent() {
        return Cause.rest(false);
    }
}
