package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.Media;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that came in from a messaging channel and makes a conversation. Immutable.
 *
 * @param address where it was written
 * @param proxyAddress the Twilio address it was written to
 * @param body its text; null for none
 * @param media its files
 */
public record InboundMessage(
        String address, String proxyAddress, @Nullable String body, List<Media> media) {
    /** Copies the list. */
    public InboundMessage {
        media = List.copyOf(media);
    }
}
