package io.github.conversations4j.source;

/** Something that Twilio asks about before it happens. */
public sealed interface Draft
        permits MessageDraft,
                MessageRemovalDraft,
                ConversationDraft,
                ConversationRemovalDraft,
                ParticipantDraft,
                UserDraft {
    /**
     * The draft as a verdict leaves it, which is what the next hook sees.
     *
     * @param verdict a verdict that does not reject
     * @return the changed draft
     * @throws IllegalArgumentException if the verdict changes what Twilio does not let change here
     */
    Draft after(Verdict verdict);
}
