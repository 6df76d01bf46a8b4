package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.state.Bindings;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.UserDraft;
import io.github.conversations4j.internal.emulator.state.Users;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A simulated person: acts through the emulator as somebody at a client SDK would, with the rights of their roles. Each
 * act is done when its method returns, and throws {@link io.github.conversations4j.error.TwilioApiException} for what
 * Twilio would refuse. Immutable and thread-safe.
 */
public final class SimulatedUser {
    private final Stage stage;
    private final String identity;

    SimulatedUser(Stage stage, String identity) {
        this.stage = stage;
        this.identity = identity;
    }

    /**
     * Goes to a conversation. Nothing happens there before the first act; then the user is made if need be, the
     * conversation too if there is none of that unique name, and the person joins it. A conversation that is made like
     * this also has everybody in it whom {@link ConversationsEmulator#participantOptions} were asked for, so that the
     * client under test sees it.
     *
     * @param conversation the unique name, or the SID of one that is there
     * @return the person in that conversation
     */
    public SimulatedParticipant in(String conversation) {
        return new SimulatedParticipant(stage, identity, conversation);
    }

    /**
     * Changes the name that others see.
     *
     * @param friendlyName the name
     * @return this
     */
    public SimulatedUser isCalled(String friendlyName) {
        return update("takes a name", new UserDraft(friendlyName, null, null));
    }

    /**
     * Changes what the person says about themselves.
     *
     * @param json the attributes as JSON text
     * @return this
     */
    public SimulatedUser hasAttributes(String json) {
        return update("sets attributes", new UserDraft(null, json, null));
    }

    /**
     * Comes online. Others are told only if the service has reachability switched on.
     *
     * @return this
     */
    public SimulatedUser goesOnline() {
        return reach("goes online", true);
    }

    /**
     * Goes offline. Others are told only if the service has reachability switched on.
     *
     * @return this
     */
    public SimulatedUser goesOffline() {
        return reach("goes offline", false);
    }

    /**
     * Registers a device for push notifications, which becomes a binding; nothing is ever pushed.
     *
     * @param type {@code apn}, {@code fcm} or {@code gcm}
     * @param device what the device is registered as
     * @return this
     */
    public SimulatedUser registersDevice(String type, String device) {
        return act(
                "registers a device",
                (users, cause) -> stage.service()
                        .bindings()
                        .register(cause, new Bindings.Registration(identity, device, type, null, List.of())));
    }

    /**
     * Takes a device off that was registered for push notifications; does nothing if it was not.
     *
     * @param type {@code apn}, {@code fcm} or {@code gcm}
     * @param device what the device was registered as
     * @return this
     */
    public SimulatedUser forgetsDevice(String type, String device) {
        return act("forgets a device", (users, cause) -> {
            stage.service()
                    .bindings()
                    .forget(
                            cause,
                            binding -> binding.identity().equals(identity)
                                    && binding.type().equals(type)
                                    && binding.endpoint().equals(device));
            return device;
        });
    }

    /**
     * Gives who it is.
     *
     * @return the identity
     */
    public String identity() {
        return identity;
    }

    private SimulatedUser update(String what, UserDraft draft) {
        return act(what, (users, cause) -> users.update(cause, identity, draft));
    }

    private SimulatedUser reach(String what, @Nullable Boolean online) {
        return act(what, (users, cause) -> users.reach(cause, identity, online, null));
    }

    private SimulatedUser act(String what, BiFunction<Users, Cause, ?> act) {
        Cause cause = Cause.sdk(identity);
        Users users = stage.service().users();
        stage.act(identity + " " + what, () -> {
            users.ensure(cause, identity);
            return act.apply(users, cause);
        });
        return this;
    }
}
