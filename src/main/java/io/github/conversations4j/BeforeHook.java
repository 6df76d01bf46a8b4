package io.github.conversations4j;

import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.Verdict;

/**
 * What an application decides before something happens at Twilio.
 *
 * @param <D> what is asked about
 */
@FunctionalInterface
public interface BeforeHook<D extends Draft> {
    /**
     * Decides.
     *
     * @param draft what is about to happen, never null
     * @return accept, reject, or accept changed; must come within the time that the webhook source allows
     * @throws Exception whatever went wrong; it is reported, and the question counts as undecided
     */
    Verdict decide(D draft) throws Exception;
}
