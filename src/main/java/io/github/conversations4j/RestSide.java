package io.github.conversations4j;

import com.twilio.http.TwilioRestClient;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.rest.RestClient;
import io.github.conversations4j.internal.rest.RestConversationsApi;
import io.github.conversations4j.internal.rest.RestOptions;
import io.github.conversations4j.internal.rest.RestRuntime;
import io.github.conversations4j.internal.rest.RestWebhooks;
import io.github.conversations4j.internal.time.Deadline;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A back end's way to Twilio: REST with the settings of its client. Thread-safe. */
final class RestSide {
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(15);

    private final RestClient rest;

    RestSide(Credentials credentials, ClientOptions options, ClientThreads threads, RandomGenerator random) {
        Duration attempt = options.timeLimit.compareTo(LONGEST_ATTEMPT) < 0 ? options.timeLimit : LONGEST_ATTEMPT;
        RestOptions how = RestOptions.builder()
                .baseUrl(options.baseUrl)
                .httpClient(options.httpClient)
                .timeouts(attempt, options.timeLimit)
                .webhooks(options.webhooksForWrites)
                .writeLimits(options.writeLimits)
                .build();
        this.rest = new RestClient(
                credentials, how, new RestRuntime(options.clock, threads.scheduler(), random, threads.io()));
    }

    ConversationsApi api() {
        return new RestConversationsApi(rest);
    }

    /** The same for what polls, which slows down when a call is refused for its rate. */
    ConversationsApi pollingApi() {
        return new RestConversationsApi(rest.failingAfter429());
    }

    RestWebhooks webhooks() {
        return new RestWebhooks(rest);
    }

    TwilioRestClient twilio() {
        return rest.twilio();
    }

    CallCounts counts() {
        return rest.counts();
    }

    /**
     * Gives up calls that are under way.
     *
     * @return whether all had ended in time
     */
    boolean close(Deadline deadline) {
        rest.close();
        try {
            return rest.awaitClosed(deadline.left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
