package io.github.conversations4j;

/** Takes the events that a hook has failed on for good, such as to keep them for a person to look at. */
@FunctionalInterface
public interface DeadLetterHook {
    /**
     * Takes one event. Called where hooks run, while the conversation waits; called once for each hook that failed. An
     * event that is given up, because the client is closed or another one took its cursors over, does not come here: it
     * counts as not delivered.
     *
     * @param letter the event, and why
     * @throws Exception goes to the error handler; the event is not offered again
     */
    void on(DeadLetter letter) throws Exception;
}
