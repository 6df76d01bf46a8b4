package io.github.conversations4j.interop;

/**
 * A file for the JavaScript client to send, which becomes what its typings call {@code SendMediaOptions}.
 *
 * @param filename its name
 * @param contentType its type
 * @param base64 its bytes
 */
record JsFile(String filename, String contentType, String base64) {}
