package io.github.conversations4j.internal.emulator.webhook;

import io.github.conversations4j.emulator.WebhookDelivery;
import io.github.conversations4j.internal.emulator.faults.WebhookFault;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.TwilioSignature;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one signed call and says what came back. As Twilio does, it waits some time at most, follows no redirect and sends
 * nothing twice. Blocks; thread-safe.
 */
final class WebhookSender implements AutoCloseable {
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded; charset=utf-8");
    private static final int MAX_FORM = 4 * 1024 * 1024;
    private static final long MAX_ANSWER = 256 * 1024;

    private final OkHttpClient http;
    private final FormCodec codec = new FormCodec(MAX_FORM, 1_000);
    private final TwilioSignature signature;
    private final RandomGenerator random;
    private final Duration limit;

    WebhookSender(TwilioSignature signature, RandomGenerator random, Duration limit) {
        this.http = new OkHttpClient.Builder()
                .callTimeout(limit)
                .readTimeout(limit)
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
        this.limit = limit;
        this.signature = signature;
        this.random = random;
    }

    /** A webhook that is to be sent. */
    WebhookCall call(WebhookEvent event, WebhookTarget target, @Nullable WebhookFault fault) {
        return new WebhookCall(event, target, new UUID(random.nextLong(), random.nextLong()).toString(), fault);
    }

    /** Calls a target, and says what came back. */
    WebhookDelivery send(WebhookCall call) {
        Request request;
        try {
            request = request(call);
        } catch (IllegalArgumentException e) {
            return call.unanswered("the URL cannot be called: " + e.getMessage(), Duration.ZERO);
        }
        try (Response response = http.newCall(request).execute()) {
            // In real time, as the limit is, whatever clock the emulator lives by.
            long took = response.receivedResponseAtMillis() - response.sentRequestAtMillis();
            return call.answered(response.code(), body(response), "sent", Duration.ofMillis(took));
        } catch (InterruptedIOException e) {
            return call.unanswered("no answer within " + limit, limit);
        } catch (IOException e) {
            return call.unanswered("not reached: " + e, Duration.ZERO);
        }
    }

    private Request request(WebhookCall call) {
        WebhookTarget target = call.target();
        byte[] form = FormCodec.encode(call.event().parameters().entrySet());
        String url = withoutUserInfoAndFragment(target.url());
        Request.Builder request = new Request.Builder()
                .header("User-Agent", "TwilioProxy/1.1")
                .header("Accept", "*/*")
                .header("I-Twilio-Idempotency-Token", call.token());
        if (target.method().equals("GET")) {
            String query = new String(form, StandardCharsets.US_ASCII);
            String called = url + (url.indexOf('?') < 0 ? "?" : "&") + query;
            return request.url(called)
                    .header("X-Twilio-Signature", signature.sign(called, null))
                    .build();
        }
        return request.url(url)
                .header("X-Twilio-Signature", signature.sign(url, codec.decode(form)))
                .post(RequestBody.create(form, FORM))
                .build();
    }

    // On the text, because OkHttp's URL would write some characters in another way than they are configured.
    private static String withoutUserInfoAndFragment(String url) {
        int fragment = url.indexOf('#');
        String plain = fragment < 0 ? url : url.substring(0, fragment);
        HttpUrl.get(plain);
        int host = plain.indexOf("://") + 3;
        int end = host;
        while (end < plain.length() && "/?".indexOf(plain.charAt(end)) < 0) {
            end++;
        }
        int at = plain.lastIndexOf('@', end - 1);
        return at < host ? plain : plain.substring(0, host) + plain.substring(at + 1);
    }

    private static @Nullable String body(Response response) throws IOException {
        ResponseBody body = response.body();
        Buffer read = new Buffer();
        long left = MAX_ANSWER;
        while (left > 0) {
            long count = body.source().read(read, left);
            if (count < 0) {
                break;
            }
            left -= count;
        }
        return read.size() == 0 ? null : read.readUtf8();
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }
}
