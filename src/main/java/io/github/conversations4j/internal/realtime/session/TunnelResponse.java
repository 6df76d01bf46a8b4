package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer to a {@link TunnelRequest}. Immutable as long as nobody changes the tree.
 *
 * @param status the HTTP status, of the called service or of the tunnel if the request did not get further
 * @param reason the reason phrase; empty for none
 * @param body the JSON body, or a missing node
 */
public record TunnelResponse(int status, String reason, JsonNode body) {
    /**
     * Whether the request was carried out.
     *
     * @return whether the status is 2xx
     */
    public boolean isSuccess() {
        return Status.isSuccess(status);
    }
}
