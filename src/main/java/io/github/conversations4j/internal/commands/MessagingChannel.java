package io.github.conversations4j.internal.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a messaging channel takes of a message; chat itself takes more. Megabytes are documented and counted here as 1024
 * times 1024 bytes.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/conversations-limits">Conversations Limits</a>
 */
enum MessagingChannel {
    /** SMS and MMS. */
    SMS("sms", "SMS and MMS", 10, 2L << 20, 5L << 20),
    /** WhatsApp. */
    WHATSAPP("whatsapp", "WhatsApp", 1, 16L << 20, 16L << 20);

    private final String type;
    private final String title;
    private final int files;
    private final long fileBytes;
    private final long allBytes;

    MessagingChannel(String type, String title, int files, long fileBytes, long allBytes) {
        this.type = type;
        this.title = title;
        this.files = files;
        this.fileBytes = fileBytes;
        this.allBytes = allBytes;
    }

    /** Whether a participant with a binding of some type is reached by it. */
    boolean serves(@Nullable String bindingType) {
        return type.equals(bindingType);
    }

    /**
     * Why it does not take a message.
     *
     * @param body the text; null for none
     * @param sizes the bytes of each file
     * @return the limit, for a message; null if it takes it
     */
    @Nullable
    String refusal(@Nullable String body, List<Long> sizes) {
        long all = sizes.stream().mapToLong(Long::longValue).sum();
        long largest = sizes.stream().mapToLong(Long::longValue).max().orElse(0);
        if (body != null && SendLimits.exceedsChannel(body)) {
            return "body: is " + body.codePointCount(0, body.length()) + " characters long, at most "
                    + SendLimits.CHANNEL_BODY_CHARACTERS + " are taken by " + title + ". Send it in parts";
        } else if (sizes.size() > files) {
            return "files: are " + sizes.size() + ", at most " + files + " per message are taken by " + title;
        } else if (largest > fileBytes) {
            return "files: one has " + largest + " bytes, at most " + fileBytes + " are taken by " + title;
        } else if (all > allBytes) {
            return "files: have " + all + " bytes together, at most " + allBytes + " are taken by " + title;
        }
        return null;
    }
}
