package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.json.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What the service tells a client when it starts: who it is and where things are. Immutable.
 *
 * @param identity the identity of the token
 * @param myConversations the Sync map of the own conversations
 * @param myUserInfo the Sync map of the own user
 * @param links where requests go
 */
record AccountConfiguration(String identity, String myConversations, String myUserInfo, Links links) {
    /**
     * Addresses, without a slash at the end.
     *
     * @param myConversations the own conversations
     * @param conversations all conversations
     * @param users all users
     * @param typing where typing is said
     * @param media where files are; null if not told
     * @param mediaSet where many files are looked up at once; null if not told
     * @param receipts the receipts of a message, with {@code %s} for conversation and message; empty if not told
     */
    record Links(
            String myConversations,
            String conversations,
            String users,
            String typing,
            @Nullable String media,
            @Nullable String mediaSet,
            String receipts) {}

    /**
     * Reads the answer.
     *
     * @throws MalformedResourceException if something is missing
     */
    static AccountConfiguration of(JsonNode answer) {
        Resource from = new Resource(answer);
        Resource sync = from.object("sync_objects");
        Resource links = from.object("links");
        String receipts = links.text("messages_receipts");
        return new AccountConfiguration(
                from.required("identity"),
                sync.required("my_conversations"),
                sync.required("my_user_info"),
                new Links(
                        address(links, "my_conversations"),
                        address(links, "conversations"),
                        address(links, "users"),
                        address(links, "typing"),
                        links.text("media_service"),
                        links.text("media_set_service"),
                        receipts == null ? "" : receipts));
    }

    private static String address(Resource links, String name) {
        String address = links.required(name);
        if (!address.startsWith("https://") && !address.startsWith("http://")) {
            throw new MalformedResourceException("the link \"" + name + "\" is no absolute address");
        }
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
