package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What one path does with one method. */
@FunctionalInterface
interface Operation {
    /** Does it. */
    Result run(RestCall call);

    /**
     * What a call came to.
     *
     * @param status the HTTP status
     * @param body the JSON; null for none
     */
    record Result(int status, @Nullable ObjectNode body) {
        static Result ok(ObjectNode body) {
            return new Result(200, body);
        }

        static Result created(ObjectNode body) {
            return new Result(201, body);
        }

        static Result gone() {
            return new Result(204, null);
        }
    }
}
