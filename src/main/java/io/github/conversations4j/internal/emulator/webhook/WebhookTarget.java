package io.github.conversations4j.internal.emulator.webhook;

/**
 * Who is called. Immutable.
 *
 * @param level {@code account}, {@code service}, {@code conversation}, or {@code attached} for a receiver that only the
 *     emulator knows
 * @param url where it is called, as it was configured
 * @param method {@code GET} or {@code POST}
 */
record WebhookTarget(String level, String url, String method) {}
