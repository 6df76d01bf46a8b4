package io.github.conversations4j.internal.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.internal.api.Refusals;
import io.github.conversations4j.internal.json.ErrorBody;
import io.github.conversations4j.internal.time.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * One call of the media service with its repeats. Thread-safe. Its states:
 *
 * <ul>
 *   <li>attempting: on the wire. Success and refusals lead to done; 408, 429, 5xx and a broken connection to waiting, as long
 *       as there are tries left and the request can be sent again
 *   <li>waiting: the scheduler will start the next attempt
 *   <li>done: the result is complete; cancelling it leads here from anywhere
 * </ul>
 *
 * <p>Uploads are repeated too, which does not double a message: what may be stored twice is a file that no message holds.
 */
final class MediaCall implements Callback {
    private static final int TRIES = 3;
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(300), Duration.ofSeconds(5), 0.5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MediaClient owner;
    private final String action;
    private final Request request;
    private final long largestAnswer;
    private final BooleanSupplier repeatable;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();

    // Guarded by this.
    private int triesLeft = TRIES;
    private Backoff pauses = PAUSES;
    private @Nullable Call call;

    MediaCall(MediaClient owner, String action, Request request, long largestAnswer, BooleanSupplier repeatable) {
        this.owner = owner;
        this.action = action;
        this.request = request;
        this.largestAnswer = largestAnswer;
        this.repeatable = repeatable;
    }

    CompletableFuture<byte[]> start() {
        result.whenComplete((answer, failure) -> {
            owner.forget(this);
            cancel();
        });
        attempt();
        return result;
    }

    private void attempt() {
        Call next = owner.newCall(request);
        synchronized (this) {
            triesLeft--;
            call = next;
        }
        next.enqueue(this);
        if (result.isDone()) {
            next.cancel();
        }
    }

    private void cancel() {
        Call running;
        synchronized (this) {
            running = call;
        }
        if (running != null) {
            running.cancel();
        }
    }

    void close() {
        result.completeExceptionally(new ClientClosedException(action));
    }

    @Override
    public void onFailure(Call failed, IOException e) {
        if (e instanceof UploadBody.TooLargeException) {
            result.completeExceptionally(new IllegalArgumentException(action + ": " + e.getMessage(), e));
        } else if (!repeat()) {
            result.completeExceptionally(new ConnectionFailedException(
                    action + ": the connection to " + request.url().host() + " broke (" + e
                            + "). No message was sent; a file that may have been stored belongs to none",
                    e));
        }
    }

    @Override
    public void onResponse(Call answered, Response response) {
        try (response) {
            byte[] body = read(response);
            if (response.isSuccessful()) {
                result.complete(body);
            } else if (!isPassing(response.code()) || !repeat()) {
                result.completeExceptionally(Refusals.of(
                        action,
                        ErrorBody.read(response.code(), json(body), response.header("Twilio-Request-Id")),
                        null));
            }
        } catch (IOException e) {
            onFailure(answered, e);
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private byte[] read(Response response) throws IOException {
        BufferedSource source = response.body().source();
        Buffer body = new Buffer();
        while (source.read(body, 8192) != -1) {
            if (body.size() > largestAnswer) {
                throw new IOException("the answer is longer than " + largestAnswer + " bytes");
            }
        }
        return body.readByteArray();
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static boolean isPassing(int status) {
        return status == 408 || status == 429 || status >= 500 && status != 501;
    }

    /** Plans the next attempt; false if there is none. */
    private boolean repeat() {
        Duration delay;
        synchronized (this) {
            if (triesLeft == 0 || result.isDone() || !repeatable.getAsBoolean()) {
                return false;
            }
            Backoff.Step step = owner.next(pauses);
            delay = step.delay();
            pauses = step.then();
        }
        owner.later(this::attempt, delay);
        return true;
    }
}
