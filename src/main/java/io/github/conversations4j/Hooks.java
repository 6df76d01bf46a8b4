package io.github.conversations4j;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.event.TokenAboutToExpire;
import io.github.conversations4j.event.TokenExpired;
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserSubscribed;
import io.github.conversations4j.event.UserUnsubscribed;
import io.github.conversations4j.event.UserUpdated;

/** The hooks of everything that can happen, for all conversations and for the client itself. */
public interface Hooks extends ConversationHooks {
    /**
     * The client is ready: its event sources are up and its credentials were accepted.
     *
     * @param hook called with each {@link Initialized}
     * @return a handle that stops it
     */
    default Subscription onInit(Hook<? super Initialized> hook) {
        return on(EventType.INITIALIZED, hook);
    }

    /**
     * The client could not start.
     *
     * @param hook called with each {@link InitFailed}
     * @return a handle that stops it
     */
    default Subscription onInitFailed(Hook<? super InitFailed> hook) {
        return on(EventType.INIT_FAILED, hook);
    }

    /**
     * The connection of a source changed its state.
     *
     * @param hook called with each {@link ConnectionStateChanged}
     * @return a handle that stops it
     */
    default Subscription onConnectionStateChanged(Hook<? super ConnectionStateChanged> hook) {
        return on(EventType.CONNECTION_STATE_CHANGED, hook);
    }

    /**
     * A source failed, for the moment or for good.
     *
     * @param hook called with each {@link ConnectionError}
     * @return a handle that stops it
     */
    default Subscription onConnectionError(Hook<? super ConnectionError> hook) {
        return on(EventType.CONNECTION_ERROR, hook);
    }

    /**
     * The access token expires soon; the client is fetching a new one by itself.
     *
     * @param hook called with each {@link TokenAboutToExpire}
     * @return a handle that stops it
     */
    default Subscription onTokenAboutToExpire(Hook<? super TokenAboutToExpire> hook) {
        return on(EventType.TOKEN_ABOUT_TO_EXPIRE, hook);
    }

    /**
     * The access token has expired before a new one came; the client is fetching one and connects again with it.
     *
     * @param hook called with each {@link TokenExpired}
     * @return a handle that stops it
     */
    default Subscription onTokenExpired(Hook<? super TokenExpired> hook) {
        return on(EventType.TOKEN_EXPIRED, hook);
    }

    /**
     * A conversation came to be, or came into sight of a participant's client.
     *
     * @param hook called with each {@link ConversationAdded}
     * @return a handle that stops it
     */
    default Subscription onConversationAdded(Hook<? super ConversationAdded> hook) {
        return on(EventType.CONVERSATION_ADDED, hook);
    }

    /**
     * A user came to be; seen by the server side only.
     *
     * @param hook called with each {@link UserAdded}
     * @return a handle that stops it
     */
    default Subscription onUserAdded(Hook<? super UserAdded> hook) {
        return on(EventType.USER_ADDED, hook);
    }

    /**
     * Something about a user changed.
     *
     * @param hook called with each {@link UserUpdated}
     * @return a handle that stops it
     */
    default Subscription onUserUpdated(Hook<? super UserUpdated> hook) {
        return on(EventType.USER_UPDATED, hook);
    }

    /**
     * A participant's client now follows a user's changes.
     *
     * @param hook called with each {@link UserSubscribed}
     * @return a handle that stops it
     */
    default Subscription onUserSubscribed(Hook<? super UserSubscribed> hook) {
        return on(EventType.USER_SUBSCRIBED, hook);
    }

    /**
     * A participant's client no longer follows a user's changes.
     *
     * @param hook called with each {@link UserUnsubscribed}
     * @return a handle that stops it
     */
    default Subscription onUserUnsubscribed(Hook<? super UserUnsubscribed> hook) {
        return on(EventType.USER_UNSUBSCRIBED, hook);
    }

    /**
     * Something that this version of the library does not know.
     *
     * @param hook called with each {@link Unknown}
     * @return a handle that stops it
     */
    default Subscription onUnknown(Hook<? super Unknown> hook) {
        return on(EventType.UNKNOWN, hook);
    }
}
