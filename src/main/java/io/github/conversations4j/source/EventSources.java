package io.github.conversations4j.source;

/** The event sources of this library. Each is an immutable value; combine two with {@link EventSource#and}. */
public final class EventSources {
    private EventSources() {}

    /**
     * Twilio calls us: a receiver of its signed webhooks, with an embedded HTTP server unless it is
     * {@linkplain WebhookSource#mountedElsewhere() mounted elsewhere}.
     *
     * @param publicUrl the URL as it is set at Twilio, character by character; it is part of what Twilio signs
     * @return a source that listens on port {@value WebhookSource#DEFAULT_PORT}, or on any free one if the URL has port 0
     * @throws IllegalArgumentException if it is no http or https URL
     */
    public static WebhookSource webhook(String publicUrl) {
        return new WebhookSource(publicUrl);
    }

    /**
     * We call Twilio: no public URL is needed. With the default {@link PollOptions}.
     *
     * @return a source that reads REST lists and tells what has changed
     */
    public static PollSource poll() {
        return poll(PollOptions.builder().build());
    }

    /**
     * We call Twilio: no public URL is needed.
     *
     * @param options how often it reads what
     * @return a source that reads REST lists and tells what has changed
     */
    public static PollSource poll(PollOptions options) {
        return new PollSource(options);
    }
}
