package io.github.conversations4j.internal.emulator.state;

/**
 * Decides about what is about to happen: the place where pre-webhooks stand.
 *
 * <p>A command first makes a proposal, checked against all rules as if it were carried out; then it asks the gate,
 * outside every lock, on its own thread, for as long as the gate likes; then it is checked again, because much may have
 * happened meanwhile, and carried out with the changes of the verdict. Asked about adding, updating and removing
 * conversations, messages and participants, and about updating users; whether a cause (REST, for example) has to pass is
 * for the gate to say.
 */
@FunctionalInterface
public interface Gate {
    /** Lets everything through without a proposal being made. */
    Gate OPEN = proposal -> Verdict.ACCEPTED;

    /**
     * Decides.
     *
     * @param proposal the change as it will be; sequence 0, and what is only given when it is stored (SIDs, the index of
     *     a message) may still become another
     * @return what to do
     */
    Verdict consider(Change proposal);
}
