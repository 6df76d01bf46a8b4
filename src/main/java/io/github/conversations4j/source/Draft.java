package io.github.conversations4j.source;

/** Something that Twilio asks about before it happens. */
public sealed interface Draft permits MessageDraft, ConversationDraft, ParticipantDraft, UserDraft {
    /**
     * The draft as a verdict leaves it, which is what the next hook sees.
     *
     * @param verdict a verdict that does not reject
     * @return the changed draft
     */
    Draft after(Verdict verdict);
}
