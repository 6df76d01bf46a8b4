package io.github.conversations4j.internal.emulator.state;

import org.jspecify.annotations.Nullable;

/**
 * The templates of the push notifications of a service; stored and given back, since the emulator pushes nothing.
 * Immutable. As a draft, what is null is left as it is.
 *
 * @param logEnabled whether they are logged
 * @param newMessage about a new message
 * @param badgeCount whether a new message counts in the badge
 * @param newMedia about a new message with files; it has no sound of its own
 * @param added about being added to a conversation
 * @param removed about being removed from a conversation
 */
public record NotificationSettings(
        @Nullable Boolean logEnabled,
        Template newMessage,
        @Nullable Boolean badgeCount,
        Template newMedia,
        Template added,
        Template removed) {

    private static final int LONGEST_TEMPLATE = 1600;
    private static final int LONGEST_SOUND = 256;

    /**
     * One kind of notification. Immutable.
     *
     * @param enabled whether it is sent
     * @param text its text, with placeholders
     * @param sound the sound it makes
     */
    public record Template(
            @Nullable Boolean enabled,
            @Nullable String text,
            @Nullable String sound) {
        /** Not sent, with nothing in it. */
        public static final Template OFF = new Template(false, "", "");

        Template with(Template draft, String parameter) {
            return new Template(
                    draft.enabled == null ? enabled : draft.enabled,
                    checked(draft.text, parameter + ".Template", 50058, LONGEST_TEMPLATE, text),
                    checked(draft.sound, parameter + ".Sound", 50059, LONGEST_SOUND, sound));
        }

        private static @Nullable String checked(
                @Nullable String given, String parameter, int code, int max, @Nullable String otherwise) {
            Rules.text(given, parameter, code, max, null);
            return given == null ? otherwise : given;
        }
    }

    /** Nothing is sent. */
    public static final NotificationSettings NONE =
            new NotificationSettings(false, Template.OFF, false, Template.OFF, Template.OFF, Template.OFF);

    NotificationSettings with(NotificationSettings draft) {
        return new NotificationSettings(
                draft.logEnabled == null ? logEnabled : draft.logEnabled,
                newMessage.with(draft.newMessage, "NewMessage"),
                draft.badgeCount == null ? badgeCount : draft.badgeCount,
                newMedia.with(draft.newMedia, "NewMessage.WithMedia"),
                added.with(draft.added, "AddedToConversation"),
                removed.with(draft.removed, "RemovedFromConversation"));
    }
}
