package io.github.conversations4j.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls an emulator over HTTP, as anybody would. */
final class ControlClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OkHttpClient http =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    private Headers headers = Headers.of();

    /** What came back. */
    record Reply(int status, Headers headers, byte[] body) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    /** Sends credentials from now on. */
    ControlClient as(String name, String secret) {
        return with("Authorization", Credentials.basic(name, secret));
    }

    /** Sends a header from now on. */
    ControlClient with(String name, String value) {
        headers = headers.newBuilder().set(name, value).build();
        return this;
    }

    Reply get(String url) throws IOException {
        return call("GET", url, null);
    }

    Reply post(String url, String json) throws IOException {
        return call("POST", url, RequestBody.create(json, okhttp3.MediaType.get("application/json")));
    }

    Reply call(String method, String url, RequestBody body) throws IOException {
        Request request = new Request.Builder()
                .url(url)
                .headers(headers)
                .method(method, body)
                .build();
        try (Response response = http.newCall(request).execute()) {
            return new Reply(
                    response.code(), response.headers(), response.body().bytes());
        }
    }

    @Override
    public void close() {
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }
}
