package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.source.WebhookRefusal;
import java.util.function.Supplier;

/** Ends the handling of a request. Carries no stack trace, so that rubbish is cheap to refuse. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final WebhookRefusal reason;
    private final transient Supplier<String> detail;

    /**
     * Refuses a request.
     *
     * @param reason why
     * @param detail goes to the log, never into the answer; holds no secret and nothing of the content. Made only if it is
     *     logged
     */
    Refused(WebhookRefusal reason, Supplier<String> detail) {
        super(null, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    WebhookRefusal reason() {
        return reason;
    }

    Supplier<String> detail() {
        return detail;
    }
}
