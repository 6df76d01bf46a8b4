package io.github.conversations4j.internal.rest;

import com.twilio.auth_strategy.AuthStrategy;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.media.MediaDoor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The way into the media service with credentials of the account. Thread-safe.
 *
 * <p>Files belong to a service. Without one in the credentials it is the account's default service, which is asked for once.
 * Many at once are looked up one by one: that the service takes sets from a back end is documented nowhere.
 */
final class RestMediaDoor implements MediaDoor {
    private static final String SERVICES = "https://mcs.us1.twilio.com/v1/Services/";

    private final RestClient rest;
    private final Endpoints endpoints;
    private final AuthStrategy credentials;

    /** Written by whichever thread has it first; racing threads write the same. */
    private volatile @Nullable String serviceSid;

    RestMediaDoor(RestClient rest, Endpoints endpoints, AuthStrategy credentials, @Nullable String serviceSid) {
        this.rest = rest;
        this.endpoints = endpoints;
        this.credentials = credentials;
        this.serviceSid = serviceSid;
    }

    @Override
    public CompletionStage<Entry> open(String action) {
        String known = serviceSid;
        return known == null
                ? defaultService().thenApply(sid -> entry(action, sid))
                : CompletableFuture.completedFuture(entry(action, known));
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

    private Entry entry(String action, String sid) {
        HttpUrl media = endpoints.locate(action, SERVICES + sid + "/Media");
        return new Entry(media, null, "Authorization", credentials.getAuthString());
    }
}
