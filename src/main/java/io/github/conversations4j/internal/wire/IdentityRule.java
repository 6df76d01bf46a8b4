package io.github.conversations4j.internal.wire;

import java.nio.charset.StandardCharsets;

/**
 * What Twilio takes for the identity of a chat user, as far as it is documented: at most 256 characters, and not shaped
 * like the SID of a user (error 50206). Characters that mean something in a URL are advised against, not forbidden, and
 * are let through.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/identity">User Identity &amp; Access Tokens</a>
 */
public final class IdentityRule {
    private static final int MAX_LENGTH = 256;

    private IdentityRule() {}

    /**
     * Refuses what Twilio would refuse.
     *
     * @param identity what somebody gave as an identity
     * @return the same
     * @throws IllegalArgumentException if it is none; the message says why
     */
    public static String require(String identity) {
        if (identity.isBlank()) {
            throw new IllegalArgumentException("identity: must not be blank");
        }
        if (identity.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("identity: must not be longer than " + MAX_LENGTH
                    + " characters, this one has " + identity.length());
        }
        if (Sid.is("US", identity)) {
            throw new IllegalArgumentException("identity: must not look like the SID of a user, was " + identity);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(identity)) {
            throw new IllegalArgumentException("identity: must be Unicode text, this one has half a character");
        }
        return identity;
    }
}
