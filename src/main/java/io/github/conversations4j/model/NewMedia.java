package io.github.conversations4j.model;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be uploaded: bytes, a file of this machine, or a stream. Immutable, apart from the stream.
 *
 * <p>Limits of Twilio: 150 MB for chat; by MMS 2 MB a file and 5 MB together; by WhatsApp one file of 16 MB.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>.
 */
public final class NewMedia {
    private static final String ANY_TYPE = "application/octet-stream";

    /** Opens what is to be sent. */
    private interface Content {
        InputStream open() throws IOException;
    }

    private final Content content;
    private final boolean repeatable;
    private final long size;
    private final String contentType;
    private final @Nullable String filename;

    private NewMedia(Content content, boolean repeatable, long size, String contentType, @Nullable String filename) {
        this.content = content;
        this.repeatable = repeatable;
        this.size = size;
        this.contentType = contentType;
        this.filename = filename;
    }

    /**
     * Bytes in memory. An upload that breaks off can be repeated.
     *
     * @param bytes the content; copied
     * @param contentType the MIME type, such as {@code image/png}
     * @return the file, without a name
     * @throws IllegalArgumentException if the type is blank
     */
    public static NewMedia of(byte[] bytes, String contentType) {
        byte[] copy = bytes.clone();
        return new NewMedia(() -> new ByteArrayInputStream(copy), true, copy.length, type(contentType), null);
    }

    /**
     * A file of this machine, with its name and the type that its name ends with ({@code application/octet-stream} if that
     * tells nothing). It is read while it is sent; an upload that breaks off can be repeated.
     *
     * @param file where it is
     * @return the file
     * @throws IOException if it is not there or no file
     */
    public static NewMedia of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        String name = String.valueOf(file.getFileName());
        String guessed = URLConnection.guessContentTypeFromName(name);
        return new NewMedia(
                () -> Files.newInputStream(file), true, Files.size(file), guessed == null ? ANY_TYPE : guessed, name);
    }

    /**
     * A stream, which can be sent once: an upload that breaks off is not repeated. It is read and closed by a thread of the
     * library.
     *
     * @param stream the content
     * @param contentType the MIME type, such as {@code image/png}
     * @param size how many bytes it has; -1 if that is not known. It is then sent in chunks; whether Twilio takes that is an
     *     assumption nobody could try
     * @return the file, without a name
     * @throws IllegalArgumentException if the type is blank, or the size less than -1
     */
    public static NewMedia of(InputStream stream, String contentType, long size) {
        Objects.requireNonNull(stream, "stream: must not be null");
        if (size < -1) {
            throw new IllegalArgumentException("size: must be the number of bytes, or -1 if unknown, was " + size);
        }
        AtomicBoolean opened = new AtomicBoolean();
        return new NewMedia(
                () -> {
                    if (opened.getAndSet(true)) {
                        throw new IOException("the stream was read before, and can be read only once");
                    }
                    return new FilterInputStream(stream) {};
                },
                false,
                size,
                type(contentType),
                null);
    }

    private static String type(String contentType) {
        Objects.requireNonNull(contentType, "content type: must not be null");
        if (contentType.isBlank()) {
            throw new IllegalArgumentException("content type: must not be blank; use " + ANY_TYPE + " for any");
        }
        return contentType;
    }

    /**
     * The same file under a name.
     *
     * @param name the name that recipients see
     * @return the file
     */
    public NewMedia named(String name) {
        return new NewMedia(content, repeatable, size, contentType, Objects.requireNonNull(name, "name"));
    }

    /**
     * The same file with another type.
     *
     * @param type the MIME type, such as {@code image/png}
     * @return the file
     * @throws IllegalArgumentException if the type is blank
     */
    public NewMedia typed(String type) {
        return new NewMedia(content, repeatable, size, type(type), filename);
    }

    /**
     * Opens the content.
     *
     * @return its bytes; whoever reads them closes it
     * @throws IOException if it can not be opened, or is a stream that was opened before
     */
    public InputStream open() throws IOException {
        return content.open();
    }

    /**
     * Whether the content can be opened more than once.
     *
     * @return false for streams
     */
    public boolean isRepeatable() {
        return repeatable;
    }

    /**
     * How many bytes it has.
     *
     * @return the size; -1 if it is not known
     */
    public long size() {
        return size;
    }

    /**
     * What it is.
     *
     * @return the MIME type
     */
    public String contentType() {
        return contentType;
    }

    /**
     * What it is called.
     *
     * @return the name; null if it has none
     */
    public @Nullable String filename() {
        return filename;
    }

    /** Name, type and size; never the content. */
    @Override
    public String toString() {
        return (filename == null ? "a file" : filename) + " (" + contentType
                + (size < 0 ? ")" : ", " + size + " bytes)");
    }
}
