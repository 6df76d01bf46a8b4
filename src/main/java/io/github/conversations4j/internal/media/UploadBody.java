package io.github.conversations4j.internal.media;

import io.github.conversations4j.internal.api.UploadListener;
import io.github.conversations4j.model.NewMedia;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The content of a file on its way out. Written by one thread at a time. */
final class UploadBody extends RequestBody {
    private static final int CHUNK = 64 * 1024;

    private final NewMedia file;
    private final MediaType type;
    private final long limit;
    private final UploadListener progress;

    /** Goes to true once, on the thread that sends. */
    private volatile boolean begun;

    UploadBody(NewMedia file, MediaType type, long limit, UploadListener progress) {
        this.file = file;
        this.type = type;
        this.limit = limit;
        this.progress = progress;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return file.size();
    }

    /** OkHttp is not to repeat anything by itself. */
    @Override
    public boolean isOneShot() {
        return true;
    }

    /** Whether it may be sent once more. */
    boolean isRepeatable() {
        return file.isRepeatable() || !begun;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        begun = true;
        long sent = 0;
        try (InputStream content = file.open()) {
            progress.sent(0, file.size());
            byte[] chunk = new byte[CHUNK];
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                sent += read;
                if (sent > limit) {
                    throw new TooLargeException(limit);
                }
                sink.write(chunk, 0, read);
                sink.emit();
                progress.sent(sent, file.size());
            }
        }
    }

    /** A stream that did not say how long it is, and is longer than Twilio takes. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super("the stream is longer than the " + limit + " bytes that Twilio takes");
        }
    }

    @Override
    public @Nullable String toString() {
        return file.toString();
    }
}
