package io.github.conversations4j.interop;

import com.fasterxml.jackson.databind.JsonNode;

/** The JavaScript client refused, or its promise was rejected. */
final class JsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JsonNode error;

    JsException(String what, JsonNode error) {
        super(what + ": " + error);
        this.error = error;
    }

    /** The name, message, status, code and body of the error. */
    JsonNode error() {
        return error;
    }
}
