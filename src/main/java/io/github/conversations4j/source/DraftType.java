package io.github.conversations4j.source;

import java.util.List;

/**
 * The typed key of one kind of question that Twilio asks before something happens. Immutable; there is one instance per
 * kind.
 *
 * @param <D> what is asked about
 */
public final class DraftType<D extends Draft> {
    /** Before a message is added. */
    public static final DraftType<MessageDraft> MESSAGE_ADDED = new DraftType<>(0, "onMessageAdd", MessageDraft.class);

    /** Before a message is changed. */
    public static final DraftType<MessageDraft> MESSAGE_UPDATED =
            new DraftType<>(1, "onMessageUpdate", MessageDraft.class);

    /** Before a message is removed. */
    public static final DraftType<MessageRemovalDraft> MESSAGE_REMOVED =
            new DraftType<>(2, "onMessageRemove", MessageRemovalDraft.class);

    /** Before a conversation is made. */
    public static final DraftType<ConversationDraft> CONVERSATION_ADDED =
            new DraftType<>(3, "onConversationAdd", ConversationDraft.class);

    /** Before a conversation is changed. */
    public static final DraftType<ConversationDraft> CONVERSATION_UPDATED =
            new DraftType<>(4, "onConversationUpdate", ConversationDraft.class);

    /** Before a conversation is removed. */
    public static final DraftType<ConversationRemovalDraft> CONVERSATION_REMOVED =
            new DraftType<>(5, "onConversationRemove", ConversationRemovalDraft.class);

    /** Before somebody joins. */
    public static final DraftType<ParticipantDraft> PARTICIPANT_JOINED =
            new DraftType<>(6, "onParticipantAdd", ParticipantDraft.class);

    /** Before a participant is changed. */
    public static final DraftType<ParticipantDraft> PARTICIPANT_UPDATED =
            new DraftType<>(7, "onParticipantUpdate", ParticipantDraft.class);

    /** Before somebody leaves. */
    public static final DraftType<ParticipantDraft> PARTICIPANT_LEFT =
            new DraftType<>(8, "onParticipantRemove", ParticipantDraft.class);

    /** Before a user is changed. */
    public static final DraftType<UserDraft> USER_UPDATED = new DraftType<>(9, "onUserUpdate", UserDraft.class);

    private static final List<DraftType<?>> ALL = List.of(
            MESSAGE_ADDED,
            MESSAGE_UPDATED,
            MESSAGE_REMOVED,
            CONVERSATION_ADDED,
            CONVERSATION_UPDATED,
            CONVERSATION_REMOVED,
            PARTICIPANT_JOINED,
            PARTICIPANT_UPDATED,
            PARTICIPANT_LEFT,
            USER_UPDATED);

    private final int ordinal;
    private final String webhook;
    private final Class<D> draftClass;

    private DraftType(int ordinal, String webhook, Class<D> draftClass) {
        this.ordinal = ordinal;
        this.webhook = webhook;
        this.draftClass = draftClass;
    }

    /**
     * Every kind.
     *
     * @return the keys, in the order in which {@link #ordinal()} counts
     */
    public static List<DraftType<?>> all() {
        return ALL;
    }

    /**
     * The place of this key in {@link #all()}; may change with the release.
     *
     * @return 0 to the number of kinds, exclusive
     */
    public int ordinal() {
        return ordinal;
    }

    /**
     * The name of the pre-webhook, as it is listed in the filters at Twilio.
     *
     * @return for example {@code onMessageAdd}
     */
    public String webhook() {
        return webhook;
    }

    /**
     * What is asked about.
     *
     * @return the class of the draft
     */
    public Class<D> draftClass() {
        return draftClass;
    }

    /** The name of the pre-webhook. */
    @Override
    public String toString() {
        return webhook;
    }
}
