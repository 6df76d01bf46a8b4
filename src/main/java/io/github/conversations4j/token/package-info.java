/**
 * Access tokens: minted on a backend, fetched by a participant, and handed from one to the other by an endpoint. What
 * keeps a participant's token fresh is behind the client and needs no call.
 *
 * @see <a href="https://www.twilio.com/docs/iam/access-tokens">Twilio: Access Tokens</a>
 */
@NullMarked
package io.github.conversations4j.token;

import org.jspecify.annotations.NullMarked;
