package io.github.conversations4j.internal.emulator.faults;

/**
 * What somebody is refused with. Immutable.
 *
 * @param status the HTTP status
 * @param code Twilio's code
 */
public record Refusal(int status, int code) {
    static final Refusal NONE = new Refusal(500, 20500);

    /** Refuses what is no refusal. */
    public Refusal {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: must be 400 to 599, was " + status);
        }
    }

    /**
     * A refusal with the code that Twilio's dictionary has for its status.
     *
     * @param status the HTTP status
     * @return the refusal
     */
    public static Refusal of(int status) {
        return new Refusal(
                status,
                switch (status) {
                    case 401 -> 20003;
                    case 403 -> 20006;
                    case 404 -> 20404;
                    case 409 -> 20409;
                    case 429 -> 20429;
                    case 503 -> 20503;
                    default -> status < 500 ? 20422 : 20500;
                });
    }
}
