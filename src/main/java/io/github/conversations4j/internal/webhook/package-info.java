/**
 * The webhook source: from a signed HTTP request to a typed event. {@link
 * io.github.conversations4j.internal.webhook.WebhookHandler} is the heart and knows no server; {@link
 * io.github.conversations4j.internal.webhook.WebhookReceiver} puts it on a port.
 */
@NullMarked
package io.github.conversations4j.internal.webhook;

import org.jspecify.annotations.NullMarked;
