package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.source.WebhookRefusal;

/** Ends the handling of a request. Carries no stack trace, so that rubbish is cheap to refuse. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final WebhookRefusal reason;

    /**
     * Refuses a request.
     *
     * @param reason why
     * @param detail goes to the log, never into the answer; holds no secret and nothing of the content
     */
    Refused(WebhookRefusal reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    WebhookRefusal reason() {
        return reason;
    }
}
