package io.github.conversations4j.internal.emulator.state;

/**
 * A refusal with the status and code that Twilio gives. The message is made for the caller: it names the parameter and
 * holds no secret. Immutable.
 *
 * <p>Which status belongs to a code of the 50xxx family is published for a few codes only; the others follow one rule:
 * what exists already or is in use is 409, what is not allowed or exceeds a count is 403, what is not there is 404,
 * anything else 400.
 */
public final class TwilioFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    /**
     * Makes a refusal.
     *
     * @param status the HTTP status
     * @param code Twilio's error code
     * @param message what was wrong
     */
    public TwilioFault(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /**
     * Refuses a value.
     *
     * @param code Twilio's error code
     * @param message what was wrong, with the name of the parameter
     * @return the refusal, 400
     */
    public static TwilioFault invalid(int code, String message) {
        return new TwilioFault(400, code, message);
    }

    /**
     * Refuses what somebody may not do, and what exceeds a count.
     *
     * @param code Twilio's error code
     * @param message what was refused
     * @return the refusal, 403
     */
    public static TwilioFault forbidden(int code, String message) {
        return new TwilioFault(403, code, message);
    }

    /**
     * Refuses what is there already.
     *
     * @param code Twilio's error code
     * @param message what is there
     * @return the refusal, 409
     */
    public static TwilioFault conflict(int code, String message) {
        return new TwilioFault(409, code, message);
    }

    /**
     * Says that something is not there.
     *
     * @param path the resource, without {@code /v1} and with its service
     * @return the refusal, 404 with code 20404
     */
    public static TwilioFault notFound(String path) {
        return new TwilioFault(404, 20404, "The requested resource " + path + " was not found");
    }

    /**
     * Gives the HTTP status.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Gives Twilio's error code.
     *
     * @return for example 20404
     */
    public int code() {
        return code;
    }

    /**
     * Gives what was wrong.
     *
     * @return the message, never null
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
