package io.github.conversations4j.source;

import io.github.conversations4j.model.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code before…} hook decides about something that has not happened yet: accept it, reject it, or accept it
 * changed. Changed verdicts come from the draft, which knows what Twilio lets change; one that comes from a draft of another
 * kind leaves the question undecided and is reported. Immutable.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/conversations-webhooks">Conversations Webhooks</a>
 */
public final class Verdict {
    private static final Verdict ACCEPT = new Verdict(false, null, null, null, null);
    private static final Verdict REJECT = new Verdict(true, null, null, null, null);

    private final boolean rejected;
    private final @Nullable String body;
    private final @Nullable String author;
    private final @Nullable Attributes attributes;
    private final @Nullable String friendlyName;

    private Verdict(
            boolean rejected,
            @Nullable String body,
            @Nullable String author,
            @Nullable Attributes attributes,
            @Nullable String friendlyName) {
        this.rejected = rejected;
        this.body = body;
        this.author = author;
        this.attributes = attributes;
        this.friendlyName = friendlyName;
    }

    /**
     * Lets it happen as it is.
     *
     * @return the verdict
     */
    public static Verdict accept() {
        return ACCEPT;
    }

    /**
     * Keeps it from happening. Whoever tried it gets an error, and a rejected conversation that was about to be made for
     * an inbound message drops that message.
     *
     * @return the verdict
     */
    public static Verdict reject() {
        return REJECT;
    }

    static Verdict message(@Nullable String body, @Nullable String author, @Nullable Attributes attributes) {
        return new Verdict(false, body, author, attributes, null);
    }

    static Verdict conversation(String friendlyName) {
        return new Verdict(false, null, null, null, friendlyName);
    }

    /**
     * This verdict and a later one together: one rejection is enough, and of two changes of one field the later counts.
     *
     * @param later the verdict of the next hook
     * @return what both decide
     */
    public Verdict and(Verdict later) {
        if (rejected || later.rejected) {
            return REJECT;
        }
        return new Verdict(
                false,
                later.body == null ? body : later.body,
                later.author == null ? author : later.author,
                later.attributes == null ? attributes : later.attributes,
                later.friendlyName == null ? friendlyName : later.friendlyName);
    }

    /**
     * Whether it is rejected.
     *
     * @return true for {@link #reject()}
     */
    public boolean isRejected() {
        return rejected;
    }

    /**
     * The new text of a message.
     *
     * @return the text, or null to keep it
     */
    public @Nullable String body() {
        return body;
    }

    /**
     * The new author of a message.
     *
     * @return the author, or null to keep it
     */
    public @Nullable String author() {
        return author;
    }

    /**
     * The new attributes of a message.
     *
     * @return the attributes, or null to keep them
     */
    public @Nullable Attributes attributes() {
        return attributes;
    }

    /**
     * The new friendly name of a conversation.
     *
     * @return the name, or null to keep it
     */
    public @Nullable String friendlyName() {
        return friendlyName;
    }

    /** Refuses a change, for what can only be accepted or rejected. */
    void requireUnchanged(String what) {
        requireNoMessage(what);
        requireNoConversation(what);
    }

    /** Refuses a change of a message, which was made from the draft of one. */
    void requireNoMessage(String what) {
        if (changesMessage()) {
            throw new IllegalArgumentException("verdict: changes a message, but was given for " + what);
        }
    }

    /** Refuses a change of a conversation, which was made from the draft of one. */
    void requireNoConversation(String what) {
        if (friendlyName != null) {
            throw new IllegalArgumentException("verdict: changes a conversation, but was given for " + what);
        }
    }

    private boolean changesMessage() {
        return body != null || author != null || attributes != null;
    }

    /** What is decided, without the texts. */
    @Override
    public String toString() {
        boolean changed = changesMessage() || friendlyName != null;
        return rejected ? "reject" : changed ? "accept changed" : "accept";
    }
}
