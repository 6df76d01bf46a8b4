package io.github.conversations4j.internal.api;

import io.github.conversations4j.model.ContentTemplate;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import io.github.conversations4j.model.Role;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserChange;
import io.github.conversations4j.model.UserConversation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the public classes ask of Twilio. There are two implementations, REST with account credentials and the tunnel
 * of a realtime session with an access token, and one contract suite that both pass.
 *
 * <p>Thread-safe. No method blocks or throws for what Twilio answers: stages fail with the exceptions of the
 * {@code error} package. Arguments were checked by the caller. Where one side cannot do a thing its stage fails with an
 * {@code UnsupportedByClientException} that names the other side. A conversation is addressed by SID
 * or unique name, a participant by SID or identity, a user by SID or identity.
 */
public interface ConversationsApi {
    /**
     * Commands and queries on conversations.
     *
     * @return the same object each time
     */
    Conversations conversations();

    /**
     * Commands and queries on messages.
     *
     * @return the same object each time
     */
    Messages messages();

    /**
     * Commands and queries on participants.
     *
     * @return the same object each time
     */
    Participants participants();

    /**
     * Commands and queries on users.
     *
     * @return the same object each time
     */
    Users users();

    /**
     * Commands and queries on roles.
     *
     * @return the same object each time
     */
    Roles roles();

    /**
     * Commands and queries on content templates.
     *
     * @return the same object each time
     */
    Templates templates();

    /**
     * Commands and queries on files.
     *
     * @return the same object each time
     */
    Files files();

    /**
     * What one user sees and does, behind {@code client.as(identity)} and on a participant's client.
     *
     * @param identity the user, on a backend; null for the user of the access token, the only one that a participant's
     *     side serves
     * @return the view
     */
    Mine mine(@Nullable String identity);

    /** Conversations. */
    interface Conversations {
        CompletionStage<ConversationSnapshot> fetch(String sidOrUniqueName);

        CompletionStage<Slice<ConversationSnapshot>> list(PageRequest page);

        CompletionStage<ConversationSnapshot> create(NewConversation conversation);

        /**
         * Creates a conversation with people in it, in as few requests as there can be.
         *
         * @param conversation the conversation
         * @param participants who takes part
         * @return the conversation, which may still be initializing
         */
        CompletionStage<ConversationSnapshot> createWith(
                NewConversation conversation, List<NewParticipant> participants);

        /**
         * Reads where somebody takes part, closed conversations included.
         *
         * @param who whom to look for
         * @param page which page
         * @return a page
         */
        CompletionStage<Slice<ConversationSnapshot>> listOf(Who who, PageRequest page);

        CompletionStage<ConversationSnapshot> update(String sid, ConversationChange change);

        CompletionStage<Void> delete(String sid);
    }

    /** Messages. */
    interface Messages {
        CompletionStage<Message> fetch(String conversationSid, String messageSid);

        /**
         * Reads messages from one end, or from an index on.
         *
         * @param conversationSid the conversation
         * @param order which way to read
         * @param fromIndex the first index to give, inclusive; null for the end that the order begins at. The same for
         *     all pages of a list
         * @param page which page
         * @return a page in the order asked for
         */
        CompletionStage<Slice<Message>> list(
                String conversationSid, Order order, @Nullable Integer fromIndex, PageRequest page);

        /**
         * Whether {@link #list} begins at an index at once. REST has no such parameter and skips pages until it is there.
         *
         * @return whether it does
         */
        boolean beginsAnywhere();

        /**
         * How many pages of lists Twilio has given, to anybody, those that were skipped included. Who waits for a long list sees
         * by it that Twilio does answer.
         *
         * @return a number that grows
         */
        long pages();

        /**
         * Sends a message, once.
         *
         * @param conversationSid the conversation
         * @param message the message
         * @param mutationId a UUID that stays the same when the caller sends the message again: the tunnel carries it, and
         *     a service that has seen it is assumed to answer with what it did then. REST has no place for it
         * @return the message as it was stored
         */
        CompletionStage<Message> send(String conversationSid, NewMessage message, String mutationId);

        CompletionStage<Message> update(String conversationSid, String messageSid, MessageChange change);

        CompletionStage<Void> remove(String conversationSid, String messageSid);

        CompletionStage<Integer> count(String conversationSid);

        CompletionStage<Slice<DeliveryReceipt>> receipts(String conversationSid, String messageSid, PageRequest page);
    }

    /** Participants. */
    interface Participants {
        CompletionStage<Participant> fetch(String conversationSid, String sidOrIdentity);

        CompletionStage<Slice<Participant>> list(String conversationSid, PageRequest page);

        CompletionStage<Participant> add(String conversationSid, NewParticipant participant);

        CompletionStage<Participant> update(String conversationSid, String sidOrIdentity, ParticipantChange change);

        CompletionStage<Void> remove(String conversationSid, String sidOrIdentity);

        CompletionStage<Integer> count(String conversationSid);
    }

    /** Users. */
    interface Users {
        CompletionStage<User> fetch(String sidOrIdentity);

        CompletionStage<Slice<User>> list(PageRequest page);

        CompletionStage<User> create(String identity, UserChange details);

        CompletionStage<User> update(String sidOrIdentity, UserChange change);

        CompletionStage<Void> delete(String sidOrIdentity);
    }

    /** Roles. */
    interface Roles {
        CompletionStage<Role> fetch(String sid);

        CompletionStage<Slice<Role>> list(PageRequest page);

        CompletionStage<Role> create(String friendlyName, Role.Scope scope, Set<String> permissions);

        CompletionStage<Role> update(String sid, Set<String> permissions);

        CompletionStage<Void> delete(String sid);
    }

    /** Content templates. */
    interface Templates {
        CompletionStage<Slice<ContentTemplate>> list(PageRequest page);
    }

    /** Files, which are kept by another service and travel outside of REST and tunnel. */
    interface Files {
        /**
         * How many files a message can have.
         *
         * @return the number
         */
        int mostPerMessage();

        /**
         * Uploads a file, for a message to come. What is uploaded twice costs space and doubles no message, so this is
         * repeated after failures.
         *
         * @param file the file
         * @param progress is told how far it has come
         * @return what was stored; cancelling it stops the upload
         */
        CompletableFuture<Media> upload(NewMedia file, UploadListener progress);

        /**
         * Looks files up, with fresh links.
         *
         * @param sids {@code ME…}
         * @return the files in the same order; fails if one is not there
         */
        CompletionStage<List<StoredFile>> find(List<String> sids);

        CompletionStage<byte[]> content(String sid);
    }

    /** What one user sees and does. */
    interface Mine {
        CompletionStage<Slice<UserConversation>> list(PageRequest page);

        CompletionStage<UserConversation> fetch(String conversationSidOrUniqueName);

        /**
         * Tells of the conversations that this side follows anyway, without a call.
         *
         * @return what is known when all that were there at the start and may be read are; empty where nothing is followed (REST)
         */
        CompletionStage<Optional<List<Followed>>> followed();

        /**
         * Tells of one of these, without waiting for the others.
         *
         * @param conversationSid the conversation
         * @return what is known as soon as that is; empty if it is not followed, or the user does not take part
         */
        CompletionStage<Optional<Followed>> followed(String conversationSid);

        CompletionStage<Participant> join(String conversationSid);

        CompletionStage<Void> leave(String conversationSid);

        /**
         * Sets the read horizon, forwards or backwards.
         *
         * @param conversationSid the conversation
         * @param index the last message read; null for none
         * @return what is unread now
         */
        CompletionStage<Unread> setLastReadMessageIndex(String conversationSid, @Nullable Integer index);

        CompletionStage<Void> setNotificationLevel(String conversationSid, NotificationLevel level);

        /**
         * Says that the user is typing.
         *
         * @param conversationSid the conversation
         * @return how long other people will be shown that, in whole seconds
         */
        CompletionStage<Integer> typing(String conversationSid);
    }

    /**
     * Somebody in conversations; exactly one of both is given.
     *
     * @param identity a chat user
     * @param address an address, such as {@code whatsapp:+15550001}
     */
    record Who(@Nullable String identity, @Nullable String address) {}

    /**
     * A file that was uploaded.
     *
     * @param media the file
     * @param link where its bytes are, for anybody, for a while
     */
    record StoredFile(Media media, URI link) {
        /** Without the link, which lets anybody in. */
        @Override
        public String toString() {
            return media.toString();
        }
    }

    /**
     * A conversation that is followed because the user takes part in it.
     *
     * @param conversation the conversation as it is now, with the last message's index and what it is to the user
     * @param participants who takes part now
     */
    record Followed(ConversationSnapshot conversation, List<Participant> participants) {}

    /** Which way a list is read. */
    enum Order {
        /** Oldest first. */
        ASCENDING,
        /** Newest first. */
        DESCENDING
    }
}
