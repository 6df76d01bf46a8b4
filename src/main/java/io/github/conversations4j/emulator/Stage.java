package io.github.conversations4j.emulator;

import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Where simulated people act. Immutable, except for the guests, who may grow.
 *
 * @param service where everything happens
 * @param typing shows that an identity types in a conversation
 * @param guests the identities that clients of this emulator act as; they are in every conversation that is made on
 *     demand
 */
record Stage(ChatService service, BiConsumer<String, String> typing, Set<String> guests) {
    /** Does something as somebody; what Twilio would refuse is thrown as the library throws it. */
    <R> R act(String what, Supplier<R> act) {
        try {
            return act.get();
        } catch (TwilioFault fault) {
            ApiError error = new ApiError(fault.status(), fault.code(), fault.reason(), null, null);
            throw new TwilioApiException(what, error);
        }
    }
}
