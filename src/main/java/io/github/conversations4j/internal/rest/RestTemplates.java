package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.ContentTemplate;
import java.util.concurrent.CompletableFuture;

/**
 * Content templates by REST: those of the whole account. Immutable and thread-safe.
 *
 * <p>See <a href="https://www.twilio.com/docs/content/content-api-resources">Content API</a>.
 *
 * @param rest makes the calls
 */
record RestTemplates(RestClient rest) implements ConversationsApi.Templates {

    @Override
    public CompletableFuture<Slice<ContentTemplate>> list(PageRequest page) {
        TwilioRequest first = TwilioRequest.link("list content templates", "https://content.twilio.com/v1/Content");
        return rest.page(first, ListOf.TEMPLATES, page);
    }
}
