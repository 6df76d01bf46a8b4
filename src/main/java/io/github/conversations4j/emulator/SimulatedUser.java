package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.UserDraft;
import java.util.function.BiConsumer;

/**
 * A simulated person: acts through the emulator as somebody at a client SDK would, with the rights of their roles.
 * Immutable and thread-safe.
 */
public final class SimulatedUser {
    private final ChatService service;
    private final String identity;
    private final BiConsumer<String, String> typing;

    SimulatedUser(ChatService service, String identity, BiConsumer<String, String> typing) {
        this.service = service;
        this.identity = identity;
        this.typing = typing;
    }

    /**
     * Goes to a conversation. Nothing happens there before the first act; then the user is made if need be, the
     * conversation too if there is none of that unique name, and the person joins it.
     *
     * @param conversation the unique name, or the SID of one that is there
     * @return the person in that conversation
     */
    public SimulatedParticipant in(String conversation) {
        return new SimulatedParticipant(service, identity, conversation, typing);
    }

    /**
     * Changes the name that others see.
     *
     * @param friendlyName the name
     * @return this
     */
    public SimulatedUser isCalled(String friendlyName) {
        Cause cause = Cause.sdk(identity);
        service.users().ensure(cause, identity);
        service.users().update(cause, identity, new UserDraft(friendlyName, null, null));
        return this;
    }

    /**
     * Gives who it is.
     *
     * @return the identity
     */
    public String identity() {
        return identity;
    }
}
