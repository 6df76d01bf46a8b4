package io.github.conversations4j.internal.emulator.media;

import io.github.conversations4j.internal.emulator.http.Incoming;
import io.github.conversations4j.internal.emulator.state.MediaFiles.Upload;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.Form;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.MultipartReader;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an uploaded file: raw bytes with the name in the query, or the form data of a browser. Stateless.
 *
 * <p>Which code a refused upload has is not documented: 50511 is given for the content type, else 20422, which stands for
 * an invalid parameter anywhere.
 */
final class Uploads {
    private static final int INVALID = 20422;
    private static final int CONTENT_TYPE = 50511;
    private static final int LONGEST_NAME = 256;
    private static final Set<String> CATEGORIES = Set.of("media", "body", "history");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");
    private static final Pattern FILENAME = Pattern.compile("(?i)\\bfilename=\"([^\"]*)\"");

    private Uploads() {}

    static Upload read(Incoming request, Form query, String author) {
        String category = query.first("Category");
        if (category != null && !CATEGORIES.contains(category)) {
            throw TwilioFault.invalid(INVALID, "Category must be media, body or history");
        }
        String kind = category == null ? "media" : category;
        MediaType type = type(request.header("Content-Type"));
        if (type.type().equals("multipart")) {
            return part(type, request, kind, author);
        }
        return new Upload(name(query.first("Filename")), type.toString(), kind, author, request.body());
    }

    private static Upload part(MediaType type, Incoming request, String category, String author) {
        String boundary = type.parameter("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw TwilioFault.invalid(INVALID, "Content-Type must name the boundary of the form data");
        }
        try (MultipartReader parts = new MultipartReader(new Buffer().write(request.body()), boundary)) {
            for (MultipartReader.Part part = parts.nextPart(); part != null; part = parts.nextPart()) {
                String disposition = part.headers().get("Content-Disposition");
                Matcher filename = FILENAME.matcher(disposition == null ? "" : disposition);
                if (filename.find()) {
                    String given = part.headers().get("Content-Type");
                    MediaType inner = type(given == null ? "application/octet-stream" : given);
                    byte[] bytes = part.body().readByteArray();
                    return new Upload(name(filename.group(1)), inner.toString(), category, author, bytes);
                }
            }
        } catch (IOException e) {
            throw TwilioFault.invalid(INVALID, "The form data is broken: " + e.getMessage());
        }
        throw TwilioFault.invalid(INVALID, "The form data holds no file");
    }

    // A type goes back into a header when the file is fetched, so it must be fit for one.
    private static MediaType type(@Nullable String text) {
        MediaType type = text == null || !PRINTABLE.matcher(text).matches() ? null : MediaType.parse(text);
        if (type == null) {
            throw TwilioFault.invalid(CONTENT_TYPE, "Content-Type must say what the file is");
        }
        return type;
    }

    private static @Nullable String name(@Nullable String text) {
        if (text != null && text.length() > LONGEST_NAME) {
            throw TwilioFault.invalid(INVALID, "Filename must have at most " + LONGEST_NAME + " characters");
        }
        return text == null || text.isEmpty() ? null : text;
    }
}
