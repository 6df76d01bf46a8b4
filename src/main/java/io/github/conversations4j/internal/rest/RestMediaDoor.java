package io.github.conversations4j.internal.rest;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.media.MediaDoor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The way into the media service with credentials of the account. Thread-safe.
 *
 * <p>Files belong to a service. Without one in the credentials it is the account's default service, which is asked for once.
 * Many at once are looked up one by one: that the service takes sets from a back end is documented nowhere. Nor is whether
 * it takes the tokens of an OAuth client, which are sent to it like everything else.
 */
final class RestMediaDoor implements MediaDoor {
    private static final String SERVICES = "https://mcs.us1.twilio.com/v1/Services/";

    private final RestClient rest;
    private final Endpoints endpoints;
    private final Supplier<CompletableFuture<String>> authorization;

    /** Written by whichever thread has it first; racing threads write the same. */
    private volatile @Nullable String serviceSid;

    RestMediaDoor(
            RestClient rest,
            Endpoints endpoints,
            Supplier<CompletableFuture<String>> authorization,
            @Nullable String serviceSid) {
        this.rest = rest;
        this.endpoints = endpoints;
        this.authorization = authorization;
        this.serviceSid = serviceSid;
    }

    @Override
    public CompletionStage<Entry> open(String action) {
        String known = serviceSid;
        return known == null ? defaultService().thenCompose(sid -> entry(action, sid)) : entry(action, known);
    }

    private CompletionStage<String> defaultService() {
        TwilioRequest request =
                TwilioRequest.get("find the default service, to which files belong", List.of("v1", "Configuration"));
        return rest.send(request, answer -> {
            String sid = answer.path("default_chat_service_sid").textValue();
            if (sid == null) {
                throw new ConversationsException("files need a service, and the account names no default one."
                        + " Set TWILIO_CONVERSATIONS_SERVICE_SID, or the service of the credentials");
            }
            serviceSid = sid;
            return sid;
        });
    }

    private CompletionStage<Entry> entry(String action, String sid) {
        HttpUrl media = endpoints.locate(action, SERVICES + sid + "/Media");
        return authorization.get().thenApply(secret -> new Entry(media, null, "Authorization", secret));
    }
}
