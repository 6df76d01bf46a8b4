package io.github.conversations4j.error;

/** Twilio sends webhooks to somebody else, who was not to be replaced. Nothing was changed. */
public class ForeignWebhookException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Says who.
     *
     * @param settings what is set now, in words
     * @param url who was to be set
     */
    public ForeignWebhookException(String settings, String url) {
        super("Cannot register " + url + ": somebody else is set there (" + settings
                + "). Nothing was changed. If they are to be replaced, add .replacingForeignUrls()");
    }
}
