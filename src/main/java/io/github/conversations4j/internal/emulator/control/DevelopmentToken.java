package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.token.TokenMinter;

/**
 * Gives anybody on this machine a token for any identity, as the token server of an application would give it to people
 * who signed in: {@code {"identity": "alice", "token": "…"}}. Immutable.
 *
 * @param minter mints it
 */
public record DevelopmentToken(TokenMinter minter) implements Control.Action {
    @Override
    public JsonNode run(Control.Call call) {
        String identity = call.query().first("identity");
        if (identity == null) {
            throw new IllegalArgumentException("identity: must be in the query, as in ?identity=alice");
        }
        return Control.object().put("identity", identity).put("token", minter.mint(identity));
    }
}
