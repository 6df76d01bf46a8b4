package io.github.conversations4j.internal.commands;

import io.github.conversations4j.model.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids that a client gives to the messages it sends, and the test whether an id is one of its own. Thread-safe.
 *
 * <p>Everybody in a conversation can read and copy such an id, so that a list of ids would let people hide their own
 * messages from a bot. An id is therefore half chance and half a code that only the holder of the key can make for this
 * conversation and this author; Twilio lets nobody write over a client SDK as another author. It also means that nothing
 * has to be remembered, and that a client with the same key recognises messages from before a restart.
 *
 * <p>The ids have the form of a UUID, version 8.
 */
public final class ClientIds {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final RandomGenerator random;

    private ClientIds(byte[] key, RandomGenerator random) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.random = random;
    }

    /**
     * Ids that only this object recognises.
     *
     * @param random where the key and the ids come from; thread-safe
     * @return a new object
     */
    public static ClientIds unshared(RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new ClientIds(key, random);
    }

    /**
     * Ids that every client with the same name and secret recognises.
     *
     * @param name the name
     * @param secret what outsiders do not know
     * @param random where the ids come from; thread-safe
     * @return a new object
     */
    public static ClientIds shared(String name, String secret, RandomGenerator random) {
        byte[] password = secret.getBytes(StandardCharsets.UTF_8);
        return new ClientIds(
                hmac(new SecretKeySpec(password, ALGORITHM), "conversations4j client ids of " + name), random);
    }

    /**
     * Makes an id.
     *
     * @param conversationSid where the message goes
     * @param author who it will be from
     * @return a new id
     */
    public String next(String conversationSid, String author) {
        long high = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
        return new UUID(high, code(high, conversationSid, author)).toString();
    }

    /**
     * Says whether an id was made with this key for a place and an author.
     *
     * @param id what may be an id of ours
     * @param conversationSid where the message is
     * @param author who it is from
     * @return whether {@link #next} can have made it
     */
    public boolean isOwn(String id, String conversationSid, String author) {
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return uuid.getLeastSignificantBits() == code(uuid.getMostSignificantBits(), conversationSid, author);
    }

    /**
     * Says whether a message carries an id that was made with this key.
     *
     * @param message the message
     * @param author who it is to be from
     * @return whether it does
     */
    public boolean isOwn(Message message, String author) {
        Optional<String> id = message.clientId();
        return id.isPresent() && isOwn(id.get(), message.conversationSid(), author);
    }

    private long code(long high, String conversationSid, String author) {
        byte[] mac = hmac(key, Long.toHexString(high) + '\n' + conversationSid + '\n' + author);
        return ByteBuffer.wrap(mac).getLong() >>> 2 | 0x8000_0000_0000_0000L;
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }
}
