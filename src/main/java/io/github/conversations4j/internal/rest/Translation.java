package io.github.conversations4j.internal.rest;

import com.twilio.Twilio;
import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpMethod;
import com.twilio.http.IRequest;
import com.twilio.http.Request;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.wire.FormCodec;
import java.io.File;
import java.io.IOException;
import java.net.URLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests of twilio-java into requests of OkHttp, those that its own classes build too. Immutable.
 *
 * @param endpoints says where they may go
 * @param limit how long a call may take if it does not say
 */
record Translation(Endpoints endpoints, Duration limit) {
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    Outgoing outgoing(Request request) {
        TwilioRequest ours = request instanceof TwilioRequest known ? known : null;
        String url = ours != null ? ours.exactUrl() : isLink(request) ? request.getUrl() : rebuilt(request);
        String action = ours != null ? ours.action() : request.getMethod() + " " + path(url);
        HttpUrl place = endpoints.locate(action, url);
        okhttp3.Request.Builder builder = new okhttp3.Request.Builder()
                .url(place)
                .method(request.getMethod().toString(), body(action, request))
                .header("Accept", "application/json")
                .header("User-Agent", userAgent(request.getUserAgentExtensions()))
                .header("X-Twilio-Client", "java-" + Twilio.VERSION)
                .tag(Request.class, request);
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
        Duration own = ours == null ? null : ours.limit();
        return new Outgoing(
                action, builder.build(), own == null ? limit : own, ours == null || ours.isRepeatedAfter429());
    }

    /** twilio-java escapes the links of its pages once more; only such a link has a query in its address part. */
    private static boolean isLink(Request request) {
        return request.getMethod() == HttpMethod.GET
                && request.getQueryParams().isEmpty()
                && request.getUrl().contains("?");
    }

    private static String rebuilt(Request request) {
        return request.constructURL().toString();
    }

    private static String path(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        return parsed == null ? "(no URL)" : parsed.encodedPath();
    }

    /** Not by HttpUtility, which loads the class Twilio, which reads the environment. */
    private static String userAgent(@Nullable List<String> extensions) {
        String agent = "twilio-java/" + Twilio.VERSION + " (" + System.getProperty("os.name") + ' '
                + System.getProperty("os.arch") + ") java/" + System.getProperty("java.version") + " conversations4j";
        String all = extensions == null ? agent : agent + ' ' + String.join(" ", extensions);
        return all.replaceAll("[^\\x20-\\x7E]", "") + " custom";
    }

    private static @Nullable RequestBody body(String action, Request request) {
        HttpMethod method = request.getMethod();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            return null;
        }
        EnumConstants.ContentType type = request.getContentType();
        if (type == EnumConstants.ContentType.JSON) {
            String text = request.getBody();
            return new OneShot(RequestBody.create(text == null ? "" : text, JSON));
        }
        if (type == EnumConstants.ContentType.MULTIPART_FORM_DATA) {
            return new OneShot(multipart(action, request));
        }
        if (method == HttpMethod.DELETE && request.getPostParams().isEmpty()) {
            return null;
        }
        return new OneShot(RequestBody.create(
                FormCodec.encode(request.getPostParams().entrySet().stream()
                        .flatMap(entry -> entry.getValue().stream().map(value -> Map.entry(entry.getKey(), value)))
                        .toList()),
                FORM));
    }

    private static RequestBody multipart(String action, Request request) {
        MultipartBody.Builder builder = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (IRequest.FormParameters part : request.getFormParameters()) {
            String value = part.getValue().toString();
            if (part.getType() == IRequest.FormParameters.Type.TEXT) {
                builder.addFormDataPart(part.getName(), value);
                continue;
            }
            File file = new File(value);
            if (!file.isFile()) {
                throw new ConversationsException(action + ": there is no file " + file + ". Nothing was sent");
            }
            String guessed = URLConnection.guessContentTypeFromName(file.getName());
            MediaType type = guessed == null ? BYTES : MediaType.get(guessed);
            builder.addFormDataPart(part.getName(), file.getName(), RequestBody.create(file, type));
        }
        return builder.build();
    }

    /** A body that OkHttp will not write again, whatever it makes of the answer. */
    private static final class OneShot extends RequestBody {
        private final RequestBody body;

        OneShot(RequestBody body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }
    }
}
