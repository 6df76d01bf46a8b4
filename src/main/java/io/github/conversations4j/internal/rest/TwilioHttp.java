package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.CallInterruptedException;
import io.github.conversations4j.error.ConversationsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Headers;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * Carries the requests of twilio-java over OkHttp: ours through {@link #send}, those of its own resource classes, for
 * whatever we do not wrap, through {@link #makeRequest}. Thread-safe: nothing of a request or an answer is kept.
 *
 * <p>Both ways repeat reads, and writes only after 429; the repeats of the base class, which would send a message twice
 * after a 503, are switched off. Errors that are not JSON are turned into JSON that its exceptions can read.
 */
final class TwilioHttp extends HttpClient {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Translation translation;
    private final Exchanges exchanges;

    TwilioHttp(Translation translation, Exchanges exchanges) {
        this.translation = translation;
        this.exchanges = exchanges;
    }

    /** Sends a request; every answer is a result, errors of Twilio too. */
    CompletableFuture<Answer> send(Request request) {
        Outgoing outgoing;
        try {
            outgoing = translation.outgoing(request);
        } catch (ConversationsException | IllegalArgumentException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return exchanges.start(outgoing);
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    /** Sends once or more as {@link #makeRequest} decides; the arguments are not used, they would repeat writes. */
    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    /**
     * Sends a request of twilio-java's own classes and waits for the answer.
     *
     * @throws ApiConnectionException if no answer came; the cause is one of ours and says more
     * @throws ApiException if the request was not sent, or the answer is a redirect
     */
    @Override
    public Response makeRequest(Request request) {
        CompletableFuture<Answer> sent = send(request);
        try {
            return response(sent.get());
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            String text = request.getMethod() + ": interrupted while waiting for the answer";
            throw new ApiConnectionException(text, new CallInterruptedException(text, e));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof ConversationsException known) {
                throw new ApiConnectionException(known.getMessage(), known);
            }
            throw new ApiException(String.valueOf(cause), cause);
        }
    }

    private static Response response(Answer answer) {
        if (answer.status() >= 300 && answer.status() < 400) {
            throw new ApiException(answer.error().toString(), answer.status());
        }
        String content =
                answer.isSuccess() ? new String(answer.body(), StandardCharsets.UTF_8) : readable(answer.error());
        return new Response(content, answer.status(), headers(answer));
    }

    private static String readable(ApiError error) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", error.status());
        body.put("code", error.code());
        body.put("message", error.message());
        body.put("more_info", error.moreInfo());
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and strings that are no JSON", e);
        }
    }

    private static Header[] headers(Answer answer) {
        List<Header> headers = new ArrayList<>();
        Headers from = answer.headers();
        for (int i = 0; i < from.size(); i++) {
            headers.add(new BasicHeader(from.name(i), from.value(i)));
        }
        String retryAfter = answer.retryAfterText();
        if (retryAfter != null) {
            headers.add(new BasicHeader("Retry-After", retryAfter));
        }
        return headers.toArray(new Header[0]);
    }
}
