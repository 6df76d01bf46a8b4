package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The push credentials of the account: commands and queries. Thread-safe. */
public final class PushCredentials {
    private static final List<String> TYPES = List.of("apn", "gcm", "fcm");
    private static final int INVALID = 20422;

    private final AccountState state;

    PushCredentials(AccountState state) {
        this.state = state;
    }

    /**
     * What somebody wants a credential to be: what is null is left as it is. Immutable.
     *
     * @param type {@code apn}, {@code gcm} or {@code fcm}
     * @param friendlyName its name
     * @param sandbox whether it is for Apple's sandbox
     */
    public record Draft(
            @Nullable String type,
            @Nullable String friendlyName,
            @Nullable Boolean sandbox) {}

    /**
     * Makes a credential.
     *
     * @param cause who acts
     * @param draft what it shall be
     * @return the credential
     * @throws TwilioFault if a rule forbids it
     */
    public PushCredential create(Cause cause, Draft draft) {
        return state.commit(() -> {
            Instant now = state.world.now();
            if (draft.type == null || draft.type.isEmpty()) {
                throw TwilioFault.invalid(INVALID, "Type must be given");
            }
            PushCredential empty = new PushCredential(state.world.sids().next("CR"), null, "", false, now, now);
            PushCredential made = change(empty, draft);
            state.credentials.add(made.sid(), made);
            state.record(cause, null, made);
            return made;
        });
    }

    /**
     * Changes a credential.
     *
     * @param cause who acts
     * @param sid the credential
     * @param draft what it shall be
     * @return the credential as it is now
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public PushCredential update(Cause cause, String sid, Draft draft) {
        return state.commit(() -> {
            PushCredential before = require(sid);
            PushCredential after = change(before, draft);
            state.credentials.replace(sid, after);
            state.record(cause, before, after);
            return after;
        });
    }

    /**
     * Deletes a credential.
     *
     * @param cause who acts
     * @param sid the credential
     * @throws TwilioFault if it is not there
     */
    public void delete(Cause cause, String sid) {
        state.commit(() -> {
            PushCredential gone = require(sid);
            state.credentials.remove(sid);
            state.record(cause, gone, null);
            return gone;
        });
    }

    /**
     * Finds a credential.
     *
     * @param sid the credential
     * @return the credential
     * @throws TwilioFault if it is not there
     */
    public PushCredential get(String sid) {
        return state.read(() -> require(sid));
    }

    /**
     * Lists credentials.
     *
     * @param at which page
     * @return the page
     */
    public ShelfPage<PushCredential> list(PageAt at) {
        return state.read(() -> state.credentials.page(at, credential -> true));
    }

    private PushCredential require(String sid) {
        PushCredential found = state.credentials.find(sid);
        if (found == null) {
            throw TwilioFault.notFound("/Credentials/" + sid);
        }
        return found;
    }

    private PushCredential change(PushCredential before, Draft draft) {
        return new PushCredential(
                before.sid(),
                Rules.text(
                        draft.friendlyName,
                        "FriendlyName",
                        50003,
                        state.world.limits().name(),
                        before.friendlyName()),
                Rules.oneOf(TYPES, draft.type, "Type", INVALID, before.type()),
                draft.sandbox == null ? before.sandbox() : draft.sandbox,
                before.dateCreated(),
                state.world.now());
    }
}
