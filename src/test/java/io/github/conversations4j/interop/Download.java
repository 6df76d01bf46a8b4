package io.github.conversations4j.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What is behind a link, fetched over a connection that does not stay. */
final class Download {
    private Download() {}

    static byte[] from(String url) {
        OkHttpClient http = new OkHttpClient();
        try (Response response =
                http.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.body().bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            http.connectionPool().evictAll();
        }
    }
}
